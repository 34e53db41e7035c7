// Location headers: where a redirect leads, however it is written.
#include "fuzz/fuzz.h"

#include "checks/net/location.h"

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

bool isWeb(const QUrl &url)
{
    return url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
}

void look(const QUrl &from, const QByteArray &input)
{
    const QUrl to = locationTarget(from, input);
    if (!to.isValid() || to.isEmpty())
        return;
    promise(!to.isRelative(), "where it leads is a whole address");
    promise(!to.hasFragment(), "a fragment never reaches a server");
    if (!isWeb(to))
        return;
    const QString host = to.host(QUrl::FullyEncoded);
    promise(!host.contains(u'/') && !host.contains(u'\\') && !host.contains(u'@'), "a host is a host");
    const QByteArray encoded = to.toEncoded();
    promise(!encoded.contains('\n') && !encoded.contains('\r') && !encoded.contains(' '),
            "it fits into a request line");
    if (!host.isEmpty())
        promise(locationTarget(from, encoded).toEncoded() == encoded,
                "what was read is asked for in the same way again");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray input = inputOf(bytes, size);
    look(QUrl(u"https://a.example/p/q?r=s"_s), input);
    look(QUrl(u"http://a.example:8080/"_s), input);
    return 0;
}
