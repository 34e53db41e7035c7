// What the answers of uploads say. Pure.
#include "checks/abuse/upload.h"

#include "checks/actors/likeness.h"
#include "checks/actors/routeaddress.h"
#include "models/jsonplaces.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isAddress(const QString &text)
{
    static const QRegularExpression form(u"^(?:https?://|/)[^\\s<>\"]{2,2000}$"_s);
    return form.match(text).hasMatch() && !text.startsWith("//"_L1);
}

// "url", "fileUrl", "download_url", "href", "path": the address itself before that of a preview.
int rankOfName(const QString &name)
{
    static const QStringList names{u"url"_s,  u"fileurl"_s, u"downloadurl"_s, u"href"_s,      u"link"_s,
                                   u"path"_s, u"src"_s,     u"location"_s,    u"publicurl"_s, u"file"_s};
    const auto at = names.indexOf(QString(name).toLower().remove(u'_').remove(u'-'));
    return at < 0 ? -1 : static_cast<int>(at);
}

struct NamedAddress
{
    int rank = 0;
    QString address;
};

std::vector<NamedAddress> addressesIn(const QJsonValue &json)
{
    constexpr int deepest = 6;
    std::vector<NamedAddress> found;
    const auto collect = [&](const JsonPlace &place) {
        const int rank = place.isMember() ? rankOfName(place.name) : -1;
        if (rank >= 0 && isAddress(place.value.toString()))
            found.push_back({rank, place.value.toString()});
        return true;
    };
    visitJsonLeaves(json, collect, deepest);
    return found;
}

} // namespace

bool ServedFile::runs() const
{
    static constexpr std::array active{"text/html", "application/xhtml+xml", "image/svg+xml", "text/xml",
                                       "application/xml"};
    const bool isActive = std::ranges::any_of(active, [&](const char *one) { return type == one; });
    // Without a type, browsers look at the bytes (WHATWG MIME Sniffing, section 7), unless they are told not to.
    const bool isSniffed = type.isEmpty() && !isNosniff;
    return hasScript && !isAttachment && !isSandboxed && (isActive || isSniffed);
}

ServedFile servedFileOf(const HttpResponse &answer)
{
    ServedFile served;
    const QByteArray type = answer.header("content-type").value_or(QByteArray());
    served.type = type.split(';').constFirst().trimmed().toLower();
    served.isNosniff = answer.header("x-content-type-options").value_or(QByteArray()).trimmed().toLower() == "nosniff";
    served.isAttachment =
        answer.header("content-disposition").value_or(QByteArray()).trimmed().toLower().startsWith("attachment");
    for (const QByteArray &policy : answer.headerValues("content-security-policy")) {
        for (const QByteArray &directive : policy.toLower().split(';')) {
            const QByteArrayList words = directive.simplified().split(' ');
            const bool isBox = words.constFirst() == "sandbox" && !words.contains("allow-scripts");
            const bool isNone = (words.constFirst() == "default-src" || words.constFirst() == "script-src") &&
                                words.mid(1) == QByteArrayList{"'none'"};
            served.isSandboxed = served.isSandboxed || isBox || isNone;
        }
    }
    served.hasScript = answer.body.contains(kUploadScript);
    return served;
}

std::vector<Route> uploadRoutes(const std::vector<Route> &routes, const std::vector<RouteSample> &samples)
{
    std::vector<Route> found;
    for (const Route &route : routes) {
        if (maySafelyWrite(route) && takesFiles(route, samples))
            found.push_back(route);
    }
    return found;
}

QUrl storedUrlIn(const HttpResponse &answer)
{
    std::vector<NamedAddress> found;
    if (const auto json = jsonOf(answer))
        found = addressesIn(*json);
    std::ranges::stable_sort(found, {}, &NamedAddress::rank);
    const QString address =
        found.empty() ? QString::fromUtf8(answer.header("location").value_or(QByteArray())) : found.front().address;
    return address.isEmpty() ? QUrl() : answer.url.resolved(QUrl(address));
}

} // namespace cockpit
