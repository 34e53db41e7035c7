#include "ui/access/celldetail.h"

#include "models/target.h"
#include "ui/access/matrixmodel.h"
#include "ui/session.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CellDetail)
};

QString verdictText(CellVerdict verdict)
{
    switch (verdict) {
    case CellVerdict::NotSeen:
        return Text::tr("Not tested");
    case CellVerdict::AsWanted:
        return Text::tr("Matches the rule");
    case CellVerdict::TooLittle:
        return Text::tr("Refused, though allowed");
    case CellVerdict::TooMuch:
        return Text::tr("Allowed, though refused");
    }
    Q_UNREACHABLE();
}

QString meaningOf(Allowance rule)
{
    switch (rule) {
    case Allowance::Allowed:
        return Text::tr("Allowed: this role may do it.");
    case Allowance::OwnOnly:
        return Text::tr("Own only: this role may do it with what belongs to its own customer, and with nothing of "
                        "others.");
    case Allowance::Denied:
        return Text::tr("Denied: this role must be refused.");
    }
    Q_UNREACHABLE();
}

QString seenText(const std::vector<MatrixSight> &sights, Allowance rule)
{
    QStringList lines;
    for (const MatrixSight &sight : sights) {
        const QString who = sight.actor.isEmpty() ? roleName(sight.role) : sight.actor;
        if (sight.wanted != rule) {
            lines << Text::tr("%1: not tested since the rule was changed.").arg(who);
            continue;
        }
        const QString seen = sight.seen ? labelOf(*sight.seen) : Text::tr("not known");
        const QString answer = sight.status > 0 ? Text::tr("%1 (%2)").arg(seen, QString::number(sight.status)) : seen;
        lines << (sight.why.isEmpty() ? Text::tr("%1: %2").arg(who, answer)
                                      : Text::tr("%1: %2. %3").arg(who, answer, sight.why));
    }
    return lines.isEmpty() ? Text::tr("Nobody has tried it yet.") : lines.join(u'\n');
}

// Findings of the matrix name the route as their subject.
std::optional<Detail> findingOf(const Route &route, const Session &session)
{
    const QString subject = route.method + u' ' + route.path;
    const auto risk = std::ranges::find_if(session.risks(), [&](const Risk &one) {
        const QString &about = one.finding.subject;
        return one.finding.checkId == kRolesCheck &&
               (about == subject || about.startsWith(subject + u' ') || about.startsWith(subject + u','));
    });
    if (risk == session.risks().end())
        return std::nullopt;
    return detailOf(ResultRow{.key = risk->finding.id(),
                              .checkId = risk->finding.checkId,
                              .host = risk->finding.host,
                              .findingId = risk->finding.id(),
                              .shape = shapeFor(risk->finding.severity),
                              .title = risk->finding.title},
                    session);
}

} // namespace

std::optional<Detail> detailOfCell(const MatrixModel &model, const QModelIndex &index, const Session &session)
{
    const AccessCell *cell = model.cell(index);
    if (!cell)
        return std::nullopt;
    const Route &route = *model.route(index.row());
    const CellVerdict verdict = model.verdictAt(index);
    if (verdict == CellVerdict::TooMuch || verdict == CellVerdict::TooLittle) {
        if (auto found = findingOf(route, session))
            return found;
    }
    const QString where = u"%1 %2%3"_s.arg(route.method, displayName(route.host), route.path);
    Detail detail;
    detail.key = "cell:"_L1 + cell->role + u' ' + where;
    detail.shape = shapeFor(verdict);
    detail.title = Text::tr("%1, %2").arg(where, roleName(cell->role));
    detail.pills = {{verdictText(verdict), toneFor(detail.shape)}, {labelOf(cell->allowance), Tone::Neutral}};
    if (cell->isGuessed)
        detail.pills.push_back({Text::tr("a guess"), Tone::Neutral});
    detail.sections = {{Text::tr("Your rule"), meaningOf(cell->allowance)},
                       {Text::tr("What we saw"), seenText(model.sightsAt(index), cell->allowance)}};
    if (cell->isGuessed)
        detail.sections.push_back({Text::tr("Is that right?"), Text::tr("The rule is guessed from the address and the "
                                                                        "method. Choose what you want, even if it is "
                                                                        "the same: press Enter on the cell.")});
    if (session.registry().find(kRolesCheck))
        detail.checkId = kRolesCheck;
    detail.offers = unmetNeed(kRolesCheck, session);
    detail.isBlocked = detail.offers.has_value();
    return detail;
}

} // namespace cockpit
