#include "ui/access/permissionstanding.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PermissionStanding)
};

QString pace(const ActiveBudget &budget, const QLocale &locale)
{
    return Text::tr("at most %1 requests in a run, %2 a second")
        .arg(locale.toString(budget.requests), locale.toString(budget.perSecond, 'g', 3));
}

// "TXT record · until 29 Nov · at most 300 requests in a run, 5 a second · allowed by Dana".
QString termsOf(const Permission &permission, const QLocale &locale)
{
    QStringList parts;
    if (permission.proof) {
        parts << labelOf(permission.proof->method)
              << Text::tr("until %1")
                     .arg(locale.toString(provenUntil(permission).toLocalTime().date(), QLocale::ShortFormat));
    }
    parts << pace(permission.budget, locale);
    if (!permission.agreedBy.isEmpty())
        parts << Text::tr("allowed by %1").arg(permission.agreedBy);
    return parts.join(Text::tr(" · ", "between the parts of a line"));
}

PermissionStanding given(const Permission &permission, const QString &domain, const QLocale &locale)
{
    const QString title = permission.proof ? Text::tr("You proved that %1 is yours").arg(domain)
                                           : Text::tr("%1 runs on this computer").arg(domain);
    return {StateShape::Pass, title, termsOf(permission, locale), {}};
}

} // namespace

PermissionStanding standingOf(const Permission &permission, PermissionState state, const QString &domain,
                              const QLocale &locale)
{
    switch (state) {
    case PermissionState::NotProven:
        return {StateShape::NotRun, Text::tr("Show that %1 is yours").arg(domain),
                Text::tr("The tests of this page behave like an attacker. They are sent only to a product whose owner "
                         "has shown to be its owner, and allows them."),
                Text::tr("Prove it and allow…")};
    case PermissionState::Expired:
        return {StateShape::Warn, Text::tr("The proof that %1 is yours is too old").arg(domain),
                Text::tr("It counts for 7 days, because domains are sold and handed over. Nothing is sent until it is "
                         "looked at again."),
                Text::tr("Check it again…")};
    case PermissionState::NotAgreed:
        return {StateShape::Warn, Text::tr("Nobody has allowed the tests yet"),
                Text::tr("Read what is sent to %1, how much, and what it could change. Then allow it, or leave it.")
                    .arg(domain),
                Text::tr("Read and allow…")};
    case PermissionState::OtherTarget:
        return {StateShape::Warn, Text::tr("The proof is about another product than %1").arg(domain),
                Text::tr("You showed that another product is yours. Publish the token here, too."),
                Text::tr("Prove it and allow…")};
    case PermissionState::Stopped:
        return {StateShape::Fail, Text::tr("The active tests are stopped"),
                Text::tr("Nothing is sent to %1 that could change something, until you allow it again.").arg(domain),
                Text::tr("Allow them again")};
    case PermissionState::Given:
        return given(permission, domain, locale);
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
