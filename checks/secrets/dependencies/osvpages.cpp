#include "checks/secrets/dependencies/osvpages.h"

#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OsvApi)
};

constexpr qsizetype kLongestToken = 2000;
constexpr int kLongestId = 100;

} // namespace

Result<std::vector<OsvPage>> readOsvPages(const QByteArray &json, size_t queries)
{
    const QJsonValue results = QJsonDocument::fromJson(json).object()["results"_L1];
    if (!results.isArray() || static_cast<size_t>(results.toArray().size()) != queries)
        return failure(ErrorKind::Protocol,
                       Text::tr("The OSV database answered with something else than a list of known holes."));
    std::vector<OsvPage> pages;
    for (const QJsonValue result : results.toArray()) {
        OsvPage page{.nextToken = result["next_page_token"_L1].toString()};
        if (!result.isObject() || page.nextToken.size() > kLongestToken)
            return failure(ErrorKind::Protocol, Text::tr("The OSV database answered with a list that is not right."));
        for (const QJsonValue hole : result["vulns"_L1].toArray()) {
            // It goes into reports whether its details can be read or not.
            if (const QString id = plainText(hole["id"_L1].toString(), kLongestId).simplified(); !id.isEmpty())
                page.ids += id;
        }
        pages.push_back(std::move(page));
    }
    return pages;
}

} // namespace cockpit
