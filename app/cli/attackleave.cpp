#include "app/cli/attackleave.h"

#include "checks/engine/activeleave.h"
#include "checks/engine/guarded.h"
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

struct Looked
{
    std::optional<ControlProof> proof;
    QString what; // where there is none: what was found in its place
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

AttackNotice noticeOf(const ActiveTerms &terms, const QStringList &attacks)
{
    const QString pace = QLocale::c().toString(terms.budget.perSecond);
    return {true, Text::tr("--active: test attacks go to %1, at most %2 requests in all and %3 a second, for: %4.")
                      .arg(terms.hosts.join(u", "_s))
                      .arg(terms.budget.requests)
                      .arg(pace, attacks.join(u", "_s))};
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
AttackNotice settle(AuditSetup &setup, const QStringList &attacks)
{
    const ActiveLeave leave = activeLeave(setup.known, setup.request.net, QDateTime::currentDateTimeUtc());
    give(leave, setup.request.plan);
    return leave.isGiven() ? noticeOf(*leave.terms, attacks) : refusal(sentenceOf(leave.state));
}

// A proof that was found is the project's, so that its window shows it as well; the agreement is not.
Result<void> keepProof(const AuditSetup &setup, const Composition &composition)
{
    if (!setup.store)
        return {};
    Permission kept = setup.known.permission;
    kept.agreedBy.clear();
    kept.agreedAt = {};
    kept.agreedFor.clear();
    return setup.store->savePermission(sealed(kept, composition.machineKey()));
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
    const QStringList attacks = attacksIn(setup.request.plan, composition.catalog, composition.registry);
    if (attacks.isEmpty())
        return done({});
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
        const auto kept = keepProof(setup, composition);
        return done(
            refusal(howToProve(target.domain, permission.token) + (kept ? QString() : u' ' + kept.error().message)));
    }
    const auto work = [look = composition.lookForControl, target, token = permission.token, net = setup.request.net,
                       cancel] { return lookForProof(look, target, token, net, cancel); };
    whenDone(QtConcurrent::run(work), context,
             [&setup, &composition, attacks, domain = target.domain, done = std::move(done)](const Looked &looked) {
                 if (!looked.proof)
                     return done(refusal(looked.what + u' ' + howToProve(domain, setup.known.permission.token)));
                 setup.known.permission.proof = looked.proof;
                 AttackNotice notice = settle(setup, attacks);
                 if (auto kept = keepProof(setup, composition); !kept)
                     notice.sentence += u' ' + kept.error().message;
                 done(notice);
             });
}

} // namespace cockpit
