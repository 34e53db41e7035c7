#include "ui/stage/askperson.h"

#include "ui/session.h"
#include "ui/stage/answerdialog.h"
#include "ui/stage/decisiondialog.h"

namespace cockpit {

QString whoSpokeLast(const ProjectState &project)
{
    QString by;
    QDateTime newest;
    const auto consider = [&](const QString &name, const QDateTime &at) {
        if (name.isEmpty() || (newest.isValid() && at <= newest))
            return;
        by = name;
        newest = at;
    };
    for (const auto &[subject, answer] : project.answers)
        consider(answer.by, answer.answeredAt);
    for (const auto &[findingId, decision] : project.decisions)
        consider(decision.by, decision.decidedAt);
    return by;
}

void askAnswer(Session &session, const QString &subject, const QString &question, QWidget *parent)
{
    auto *dialog = new AnswerDialog(subject, question, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setBy(whoSpokeLast(session.project()));
    if (const auto found = session.project().answers.find(subject); found != session.project().answers.end())
        dialog->setAnswer(found->second);
    QObject::connect(dialog, &AnswerDialog::answered, &session, &Session::answer);
    dialog->open();
}

void askDecision(Session &session, DecisionKind kind, const QString &findingId, const QString &title, QWidget *parent)
{
    askDecision(session, kind, QStringList{findingId}, title, parent);
}

void askDecision(Session &session, DecisionKind kind, const QStringList &findingIds, const QString &title,
                 QWidget *parent)
{
    if (findingIds.isEmpty())
        return;
    const QString by = whoSpokeLast(session.project());
    const auto decide = [&session, findingIds](Decision decision) {
        for (const QString &id : findingIds) {
            decision.findingId = id;
            session.decide(decision);
        }
    };
    if (kind == DecisionKind::FixNow) {
        decide({.findingId = {}, .kind = kind, .by = by, .decidedAt = QDateTime::currentDateTimeUtc()});
        return;
    }
    auto *dialog = new DecisionDialog(kind, findingIds.front(), title, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setBy(by);
    QObject::connect(dialog, &DecisionDialog::decided, &session, decide);
    dialog->open();
}

} // namespace cockpit
