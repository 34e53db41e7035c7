#include "checks/mail/bimilogo.h"

#include "checks/net/certificate.h"

#include <QCoreApplication>
#include <QXmlStreamReader>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Bimi)
};

constexpr auto kSvg = "http://www.w3.org/2000/svg"_L1;
// What moves, runs or loads: not part of the profile.
constexpr std::array kForbidden{"script"_L1,           "image"_L1, "foreignObject"_L1, "animate"_L1, "animateColor"_L1,
                                "animateTransform"_L1, "set"_L1,   "video"_L1,         "audio"_L1,   "handler"_L1};
// id-kp-BrandIndicatorforMessageIdentification
constexpr auto kMarkUsage = "1.3.6.1.5.5.7.3.31";

struct UsageDeleter
{
    void operator()(EXTENDED_KEY_USAGE *usage) const { EXTENDED_KEY_USAGE_free(usage); }
};

class LogoReader
{
public:
    explicit LogoReader(const QByteArray &svg) : m_xml(svg) {}

    QStringList faults()
    {
        bool isFirst = true;
        int depth = 0;
        while (!m_xml.atEnd() && !m_hasEntities) {
            switch (m_xml.readNext()) {
            case QXmlStreamReader::DTD:
                m_hasEntities = m_xml.text().contains(u'['); // never read on: they could grow without end
                break;
            case QXmlStreamReader::StartElement:
                if (std::exchange(isFirst, false))
                    readRoot();
                else
                    readElement(depth);
                ++depth;
                break;
            case QXmlStreamReader::EndElement:
                --depth;
                break;
            default: // texts and comments say nothing
                break;
            }
        }
        conclude(isFirst);
        return m_faults;
    }

private:
    void readRoot()
    {
        if (m_xml.name() != "svg"_L1 || m_xml.namespaceUri() != kSvg)
            m_faults << Text::tr("it is not an SVG picture");
        const QXmlStreamAttributes attributes = m_xml.attributes();
        if (attributes.value("version"_L1) != "1.2"_L1 || attributes.value("baseProfile"_L1) != "tiny-ps"_L1)
            m_faults << Text::tr("version=\"1.2\" and baseProfile=\"tiny-ps\" are missing");
        if (attributes.hasAttribute("x"_L1) || attributes.hasAttribute("y"_L1))
            m_faults << Text::tr("the svg element has x or y");
        const QStringList box =
            attributes.value("viewBox"_L1).toString().replace(u',', u' ').split(u' ', Qt::SkipEmptyParts);
        if (box.size() == 4 && box[2] != box[3])
            m_faults << Text::tr("it is not square");
    }

    void readElement(int depth)
    {
        const QString name = m_xml.name().toString();
        if (depth == 1 && name == "title"_L1)
            m_hasTitle = true;
        if (std::ranges::any_of(kForbidden, [&](QLatin1StringView word) { return name == word; }))
            noteOnce(Text::tr("it has an element \"%1\"").arg(name));
        for (const QXmlStreamAttribute &attribute : m_xml.attributes()) {
            if (attribute.name() == "href"_L1 && !attribute.value().startsWith(u'#'))
                noteOnce(Text::tr("it loads something from elsewhere"));
        }
    }

    void noteOnce(const QString &fault)
    {
        if (!m_faults.contains(fault))
            m_faults << fault;
    }

    void conclude(bool isEmpty)
    {
        if (m_hasEntities)
            m_faults = QStringList{Text::tr("it defines entities of its own")};
        else if (m_xml.hasError() || isEmpty)
            m_faults = QStringList{Text::tr("it is not well-formed XML")};
        else if (!m_hasTitle)
            m_faults << Text::tr("the title element is missing");
    }

    QXmlStreamReader m_xml;
    QStringList m_faults;
    bool m_hasTitle = false;
    bool m_hasEntities = false;
};

bool isForMarks(X509 *x509)
{
    const std::unique_ptr<EXTENDED_KEY_USAGE, UsageDeleter> usage(
        static_cast<EXTENDED_KEY_USAGE *>(X509_get_ext_d2i(x509, NID_ext_key_usage, nullptr, nullptr)));
    for (int i = 0; usage && i < sk_ASN1_OBJECT_num(usage.get()); ++i) {
        std::array<char, 80> text{};
        OBJ_obj2txt(text.data(), static_cast<int>(text.size()), sk_ASN1_OBJECT_value(usage.get(), i), 1);
        if (QByteArrayView(text.data()) == kMarkUsage)
            return true;
    }
    return false;
}

} // namespace

QStringList faultsOfBimiLogo(const QByteArray &svg)
{
    return LogoReader(svg).faults();
}

QString faultOfMarkCertificate(const QByteArray &pem, const QDateTime &now)
{
    const BioPtr bio(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    const X509Ptr x509(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!x509)
        return Text::tr("it is not a certificate in PEM form");
    const Certificate certificate = readCertificate(x509.get());
    if (certificate.notAfter <= now)
        return Text::tr("it ended on %1").arg(certificate.notAfter.toString(u"yyyy-MM-dd"_s));
    if (certificate.notBefore > now)
        return Text::tr("it begins on %1").arg(certificate.notBefore.toString(u"yyyy-MM-dd"_s));
    return isForMarks(x509.get()) ? QString() : Text::tr("it is not a mark certificate (VMC or CMC)");
}

} // namespace cockpit
