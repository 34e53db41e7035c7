#include "app/cli/attackleave.h"

#include "checks/engine/activeleave.h"
#include "checks/engine/guarded.h"
#include "checks/engine/runwork.h"
#include "checks/engine/vendorhosts.h"
#include "ui/access/forecastwords.h"
#include "ui/widgets/whendone.h"

#include <QCoreApplication>
#include <QtConcurrentRun>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

// More than was agreed to in the window takes that agreement back; --active agrees for this run.
void takeBudget(Permission &permission, const Options &options)
{
    if (options.mostRequests == 0)
        return;
    ActiveBudget budget = permission.budget;
    budget.requests = options.mostRequests;
    if (auto changed = withBudget(permission, budget))
        permission = *changed;
}

struct Looked
{
    std::optional<ControlProof> proof;
    QString what; // where there is none: what was found in its place
};

// Which checks attack in this run, and how much they may send.
struct Attacks
{
    QStringList ids;
    RequestForecast forecast;
};

bool asksForLeave(const Check &check, const CatalogEntry &entry)
{
    const auto needs = [&](Need need) { return std::ranges::find(check.needs, need) != check.needs.end(); };
    return entry.kind == CheckKind::Active || needs(Need::Consent) || needs(Need::TestAccounts);
}

// With nobody to ask, whoever types --active agrees: for this run, and for no window.
void agreeForThisRun(AuditSetup &setup, const QDateTime &now)
{
    if (auto agreed =
            withAgreement(setup.known.permission, setup.known.settings.target, u"launch-cockpit audit --active"_s, now))
        setup.known.permission = *agreed;
}

// At the agreed pace the attacks may take longer than a run has otherwise.
QString timeText(const RunRequest &request, const RequestForecast &forecast)
{
    const QString seconds =
        QLocale::c().toString(static_cast<double>(RunWork::deadlineOf(request, forecast.within(0)).count()) / 1000);
    const qint64 waits = waitsIn(forecast.within(0)).count();
    if (request.isDeadlineFixed)
        return Text::tr("The whole run has %1 seconds, as --deadline says.").arg(seconds);
    if (waits == 0)
        return Text::tr("The whole run has %1 seconds at most; --deadline sets another limit.").arg(seconds);
    return Text::tr("The whole run has %1 seconds at most, up to %2 of them to wait until limits end and for slow "
                    "answers; --deadline sets another limit.")
        .arg(seconds, QString::number(waits));
}

// What is allowed, what it goes to, whether it is enough, and how long it may take.
AttackNotice noticeOf(const RunRequest &request, const Attacks &attacks)
{
    const ActiveTerms &terms = *request.plan.active;
    const auto byId = [](const QString &id) { return id; };
    const QString pace = QLocale::c().toString(terms.budget.perSecond);
    QStringList sentences{
        Text::tr("--active: test attacks go to %1, at most %2 requests in all and %3 a second, for: %4.")
            .arg(terms.hosts.join(u", "_s), QString::number(terms.budget.requests), pace, attacks.ids.join(u", "_s))};
    if (!terms.isHere) {
        sentences.append(Text::tr("If your pages use Firebase, %1 is asked one question, which changes nothing.")
                             .arg(vendorHosts().join(u", "_s)));
        sentences.append(Text::tr("If they use Convex, the queries that they name are run there (%1), and the "
                                  "beginnings of the answers are read.")
                             .arg(queryVendor()));
    }
    sentences.append(mostRequestsText(attacks.forecast));
    if (const QStringList lines = requestLines(attacks.forecast, byId); !lines.isEmpty())
        sentences.append(lines.join(u"; "_s) + u'.');
    sentences.append(lettersText(request.plan.facts.routes));
    const QString shortage = shortageText(attacks.forecast, terms.budget.requests, byId);
    sentences.append(shortage);
    if (const int enough = attacks.forecast.enough(); !shortage.isEmpty() && enough <= kMostActiveRequests)
        sentences.append(Text::tr("--requests %1 is enough for all.").arg(enough));
    sentences.append(timeText(request, attacks.forecast));
    sentences.removeAll(QString());
    return {true, sentences.join(u' ')};
}

AttackNotice refusal(const QString &why)
{
    return {false, Text::tr("--active: the checks that send test attacks do not run. %1").arg(why)};
}

QString howToProve(const QString &domain, const QString &token)
{
    return Text::tr("Show that %1 is yours: publish the TXT record %2 with the text %3, or a file with that line at "
                    "https://%1%4, and say --token %5.")
        .arg(domain, txtRecordName(domain), txtRecordValue(token), wellKnownPath(), token);
}

Looked lookForProof(const ControlLooker &look, const Target &target, const QString &token, const NetOptions &net,
                    const CancelToken &cancel)
{
    QStringList found;
    for (const ControlMethod method : {ControlMethod::TxtRecord, ControlMethod::WellKnownFile}) {
        const auto answer = guarded([&] { return look(method, target, token, net, cancel); });
        if (answer && answer->isProven)
            return {ControlProof{method, answer->domain, QDateTime::currentDateTimeUtc()}, {}};
        found << (answer ? answer->what : answer.error().message);
    }
    return {{}, found.join(u' ')};
}

// What the setup allows as it is, into its plan.
AttackNotice settle(AuditSetup &setup, const Attacks &attacks)
{
    const ActiveLeave leave = activeLeave(setup.known, setup.request.net, QDateTime::currentDateTimeUtc());
    give(leave, setup.journal, setup.request.plan);
    return leave.isGiven() ? noticeOf(setup.request, attacks) : refusal(sentenceOf(leave.state));
}

// A proof that was found is the project's, so that its window shows it as well. The agreement and the number of
// requests are of this run: what was agreed to in the window stands in the project as it was before.
Result<void> keepProof(const AuditSetup &setup, Permission before, const Composition &composition)
{
    if (!setup.store)
        return {};
    before.token = setup.known.permission.token;
    before.proof = setup.known.permission.proof;
    return setup.store->savePermission(sealed(before, composition.machineKey()));
}

} // namespace

QStringList attacksIn(const PlanRequest &request, const CheckCatalog &catalog, const CheckRegistry &registry)
{
    PlanRequest permitted = request;
    permitted.active = ActiveTerms();
    permitted.permission = PermissionState::Given;
    const auto plan = makePlan(permitted, catalog, registry);
    QStringList ids;
    for (const PlannedCheck &planned : plan ? plan->checks : std::vector<PlannedCheck>()) {
        const Check *check = planned.runs ? registry.find(planned.checkId) : nullptr;
        const CatalogEntry *entry = catalog.find(planned.checkId);
        if (check && entry && asksForLeave(*check, *entry) && !ids.contains(planned.checkId))
            ids << planned.checkId;
    }
    return ids;
}

void seekAttackLeave(AuditSetup &setup, const Options &options, const Composition &composition,
                     const CancelToken &cancel, QObject *context, std::function<void(const AttackNotice &)> done)
{
    Permission &permission = setup.known.permission;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const Target &target = setup.known.settings.target;
    if (!options.active)
        return done({});
    Attacks attacks{.ids = attacksIn(setup.request.plan, composition.catalog, composition.registry),
                    .forecast = requestForecast(setup.request.plan, composition.catalog, composition.registry)};
    if (setup.removesLeft)
        attacks.ids.prepend(kLeftRecords);
    if (attacks.ids.isEmpty())
        return done({});
    const Permission before = permission;
    takeBudget(permission, options);
    if (!options.controlToken.isEmpty())
        permission.token = options.controlToken;
    const bool wasAgreed = permissionState(permission, target, now) == PermissionState::Given;
    if (!wasAgreed)
        agreeForThisRun(setup, now);
    const PermissionState state = activeLeave(setup.known, setup.request.net, now).state;
    if (state == PermissionState::Given || state == PermissionState::Stopped)
        return done(settle(setup, attacks));
    setup.request.plan.permission = state;
    if (permission.token.isEmpty()) { // so that nobody can have published it yet
        permission.token = newControlToken();
        const auto kept = keepProof(setup, before, composition);
        return done(
            refusal(howToProve(target.domain, permission.token) + (kept ? QString() : u' ' + kept.error().message)));
    }
    const auto work = [look = composition.lookForControl, target, token = permission.token, net = setup.request.net,
                       cancel] { return lookForProof(look, target, token, net, cancel); };
    whenDone(
        QtConcurrent::run(work), context,
        [&setup, &composition, attacks, before, domain = target.domain, done = std::move(done)](const Looked &looked) {
            if (!looked.proof)
                return done(refusal(looked.what + u' ' + howToProve(domain, setup.known.permission.token)));
            setup.known.permission.proof = looked.proof;
            AttackNotice notice = settle(setup, attacks);
            if (auto kept = keepProof(setup, before, composition); !kept)
                notice.sentence += u' ' + kept.error().message;
            done(notice);
        });
}

} // namespace cockpit
