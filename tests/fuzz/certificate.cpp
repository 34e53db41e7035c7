// Certificates, and what issuers say about them: in DER, as strangers send it.
#include "fuzz/fuzz.h"

#include "checks/net/certificate.h"
#include "checks/net/certificatefields.h"
#include "checks/net/revocation.h"
#include "checks/net/x509bytes.h"

#include <QTimeZone>

using namespace cockpit;

namespace {

constexpr qsizetype kLongestText = 1024;

void checkCertificate(const QByteArray &der)
{
    const X509Ptr x509 = x509From(der);
    const CertificateFields fields = readFields(der);
    if (!x509) {
        promise(fields == CertificateFields(), "what is no certificate has no fields");
        return;
    }
    promise(fields.serial.size() <= 64 && fields.issuerKeyId.size() <= 64, "numbers are cut");
    promise(fields.ocspUrl.size() <= kLongestText && fields.crlUrls.size() <= 8, "addresses are cut");
    promise(fields.scts.size() <= 32, "timestamps are cut");
    const Certificate certificate = readCertificate(x509.get());
    promise(certificate.subject.size() <= kLongestText && certificate.names.size() <= 1000, "names are cut");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray input = inputOf(bytes, size);
    const QDateTime now(QDate(2026, 6, 1), QTime(0, 0), QTimeZone::utc());
    checkCertificate(input);
    // Nobody who could have signed: whatever it says, it must not be believed.
    promise(!readOcsp(input, input, input, now), "an answer needs the signature of the issuer");
    promise(!readCrl(input, input, input, now), "a list needs the signature of the issuer");
    promise(ocspRequest(input, input).isEmpty() == !x509From(input), "only certificates are asked about");
    return 0;
}
