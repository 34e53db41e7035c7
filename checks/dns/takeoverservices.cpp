#include "checks/dns/takeoverservices.h"

#include "models/providers.h"
#include "models/strictobject.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TakeoverServices)
};

constexpr std::array kClaims{TakeoverClaim::Yes, TakeoverClaim::OwnershipChecked, TakeoverClaim::EdgeCase};

void readClaim(StrictObject &entry, TakeoverService &service)
{
    const QString word = entry.text(u"claim"_s);
    const auto claim = std::ranges::find(kClaims, word, [](TakeoverClaim c) { return toWord(c); });
    if (claim == kClaims.end())
        entry.complain(u"claim"_s, Text::tr("must be yes, checked or edge"));
    else
        service.claim = *claim;
}

// A web service must say by which sign a missing site is known; that of a name server is its refusal.
void readSigns(StrictObject &entry, TakeoverService &service)
{
    if (entry.has(u"texts"_s))
        service.texts = entry.texts(u"texts"_s);
    if (entry.has(u"statuses"_s))
        service.statuses = entry.wholeNumbers(u"statuses"_s);
    service.missingNameIsSign = entry.optionalFlag(u"nxdomain"_s);
    const bool hasSign = !service.texts.isEmpty() || service.missingNameIsSign;
    if (hasSign != (service.kind == TakeoverKind::Web))
        entry.complain(u"texts"_s, Text::tr("must be there for a web service without \"nxdomain\", and for no other"));
}

TakeoverService readService(StrictObject &entry)
{
    TakeoverService service;
    service.id = entry.text(u"id"_s);
    service.name = entry.text(u"name"_s);
    const QString kind = entry.text(u"kind"_s);
    if (kind != "dns"_L1 && kind != "web"_L1)
        entry.complain(u"kind"_s, Text::tr("must be web or dns"));
    service.kind = kind == "dns"_L1 ? TakeoverKind::Dns : TakeoverKind::Web;
    service.suffixes = entry.texts(u"suffixes"_s);
    readSigns(entry, service);
    readClaim(entry, service);
    service.note = entry.text(u"note"_s);
    // For the tests.
    for (const QString &examples : {u"positive"_s, u"negative"_s})
        entry.each(examples, [](StrictObject &) {});
    entry.refuseOthers();
    return service;
}

// Pages write the same apostrophe in many ways.
QString plainApostrophes(QString text)
{
    for (const auto &form :
         {u"&#39;"_s, u"&#039;"_s, u"&#x27;"_s, u"&apos;"_s, u"&rsquo;"_s, u"&#8217;"_s, u"\u2019"_s})
        text.replace(form, u"'"_s);
    return text;
}

} // namespace

QString toWord(TakeoverClaim claim)
{
    switch (claim) {
    case TakeoverClaim::Yes:
        return u"yes"_s;
    case TakeoverClaim::OwnershipChecked:
        return u"checked"_s;
    case TakeoverClaim::EdgeCase:
        return u"edge"_s;
    }
    Q_UNREACHABLE();
}

Result<std::vector<TakeoverService>> parseTakeoverServices(const QByteArray &json)
{
    FirstError error;
    std::vector<TakeoverService> services;
    StrictObject file(QJsonDocument::fromJson(json).object(), u"takeover-services"_s, error);
    if (file.wholeNumber(u"schema"_s) != 1)
        file.complain(u"schema"_s, Text::tr("must be 1"));
    file.each(u"services"_s, [&](StrictObject &entry) {
        TakeoverService service = readService(entry);
        if (std::ranges::find(services, service.id, &TakeoverService::id) != services.end())
            entry.complain(u"id"_s, Text::tr("is used twice"));
        services.push_back(std::move(service));
    });
    file.refuseOthers();
    if (!error.isEmpty())
        return failure(ErrorKind::BadInput, error.sentence());
    return services;
}

const std::vector<TakeoverService> &knownTakeoverServices()
{
    static const std::vector<TakeoverService> services = [] {
        QFile file(u":/rules/takeover-services.json"_s);
        const bool opened = file.open(QIODevice::ReadOnly);
        Q_ASSERT(opened);
        return parseTakeoverServices(opened ? file.readAll() : QByteArray()).value_or(std::vector<TakeoverService>{});
    }();
    return services;
}

const TakeoverService *takeoverServiceOf(const QStringList &names, TakeoverKind kind)
{
    const auto &services = knownTakeoverServices();
    for (auto name = names.crbegin(); name != names.crend(); ++name) {
        const auto isItsName = [&](const TakeoverService &service) {
            return service.kind == kind && matchesHost(service.suffixes, *name);
        };
        if (const auto service = std::ranges::find_if(services, isItsName); service != services.end())
            return &*service;
    }
    return nullptr;
}

bool saysNoSuchSite(const TakeoverService &service, int status, const QByteArray &body)
{
    // A page that is there may say anything: what a service says with 200 has to be listed.
    constexpr int firstError = 400;
    const bool statusFits = service.statuses.empty()
                                ? status >= firstError
                                : std::ranges::find(service.statuses, status) != service.statuses.end();
    if (!statusFits)
        return false;
    const QString page = plainApostrophes(QString::fromUtf8(body));
    return std::ranges::any_of(
        service.texts, [&](const QString &text) { return page.contains(plainApostrophes(text), Qt::CaseInsensitive); });
}

} // namespace cockpit
