// Asks a person in a dialog and gives the session what was said. Who spoke last is offered again.
#pragma once

#include "models/decision.h"
#include "models/projectstate.h"

#include <QStringList>

class QWidget;

namespace cockpit {

class Session;

// Who gave the newest answer or decision of the project; empty while nobody has.
QString whoSpokeLast(const ProjectState &project);

void askAnswer(Session &session, const QString &subject, const QString &question, QWidget *parent);
// FixNow needs nothing to be asked and is decided at once.
void askDecision(Session &session, DecisionKind kind, const QString &findingId, const QString &title, QWidget *parent);

// The same for each of them: findings of one fault. title: with their number.
void askDecision(Session &session, DecisionKind kind, const QStringList &findingIds, const QString &title,
                 QWidget *parent);

} // namespace cockpit
