#include "checks/edge/cachepoison.h"

#include "checks/actors/requestproof.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CachePoison)
};

QStringList headersWith(const PoisonPage &page, PoisonVerdict verdict)
{
    QStringList names;
    for (const PoisonTry &one : page.tries) {
        if (verdictOf(one) == verdict)
            names.append(QString::fromLatin1(one.header));
    }
    return names;
}

Finding about(const CacheLook &look, const PoisonPage &page, PoisonVerdict verdict, Finding finding)
{
    const auto first = std::ranges::find(page.tries, verdict, [](const PoisonTry &one) { return verdictOf(one); });
    const CacheAsk &shown = first->again && verdict == PoisonVerdict::Poisoned ? *first->again : *first->asked;
    const std::vector<Marker> token{{.text = QString::fromLatin1(first->token), .kind = MarkerKind::Canary}};
    finding.host = hostOf(page.url);
    finding.subject = page.routeName;
    finding.evidence = {requestProof(first->asked->request, first->asked->answer,
                                     {.actor = {}, .markers = token, .known = look.known})};
    if (verdict == PoisonVerdict::Poisoned)
        finding.evidence.push_back(
            requestProof(shown.request, shown.answer, {.actor = {}, .markers = token, .known = look.known}));
    finding.effortMinutes = 60;
    return finding;
}

std::optional<Finding> findingFor(const CacheLook &look, const PoisonPage &page)
{
    const QString where = page.url.toDisplayString(QUrl::RemoveQuery);
    if (const QStringList kept = headersWith(page, PoisonVerdict::Poisoned); !kept.isEmpty())
        return about(look, page, PoisonVerdict::Poisoned,
                     makeFinding(u"cache_poisoned"_s, Severity::High, Proof::Proven, Impact::DataExposure,
                                 Text::tr("A visitor can change what others get from your cache"),
                                 Text::tr("A random word sent to %1 in the header %2 stood in the answer, and again in "
                                          "the answer to a stranger who sent no such header, at the same address. We "
                                          "used an address that nobody else asks for. Wanted: a page that ignores the "
                                          "header, or a cache that keeps no copy of it.")
                                     .arg(where, kept.join(u", "_s))));
    if (const QStringList shown = headersWith(page, PoisonVerdict::Reflected); !shown.isEmpty())
        return about(look, page, PoisonVerdict::Reflected,
                     makeFinding(u"header_reflected"_s, Severity::Low, Proof::Lead, Impact::DataExposure,
                                 Text::tr("A page repeats what a visitor writes into a header of proxies"),
                                 Text::tr("A random word sent to %1 in the header %2 stood in the answer. It did not "
                                          "come back to somebody else today; a cache that is added or changed may "
                                          "keep it.")
                                     .arg(where, shown.join(u", "_s))));
    return std::nullopt;
}

} // namespace

QString toWord(PoisonKey key)
{
    switch (key) {
    case PoisonKey::Untold:
        return u"untold"_s;
    case PoisonKey::WithQuery:
        return u"with_query"_s;
    case PoisonKey::WithoutQuery:
        return u"without_query"_s;
    case PoisonKey::NothingKept:
        return u"nothing_kept"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(PoisonVerdict verdict)
{
    switch (verdict) {
    case PoisonVerdict::Untouched:
        return u"untouched"_s;
    case PoisonVerdict::Reflected:
        return u"reflected"_s;
    case PoisonVerdict::Poisoned:
        return u"poisoned"_s;
    case PoisonVerdict::Untold:
        return u"untold"_s;
    }
    Q_UNREACHABLE();
}

std::vector<Finding> poisonFindings(const CacheLook &look)
{
    std::vector<Finding> findings;
    for (const PoisonPage &page : look.poison) {
        if (auto finding = findingFor(look, page))
            findings.push_back(std::move(*finding));
    }
    return findings;
}

QJsonArray poisonRows(const CacheLook &look)
{
    QJsonArray rows;
    for (const PoisonPage &page : look.poison) {
        QJsonObject headers;
        for (const PoisonTry &one : page.tries)
            headers.insert(QString::fromLatin1(one.header), toWord(verdictOf(one)));
        rows.append(QJsonObject{{u"url"_s, page.url.toDisplayString(QUrl::RemoveQuery)},
                                {u"key"_s, toWord(page.key)},
                                {u"headers"_s, headers}});
    }
    return rows;
}

} // namespace cockpit
