// Opens the answer dialog for one subject and gives what was answered to the session.
#pragma once

#include <QString>

class QWidget;

namespace cockpit {

class Session;

void askAnswer(Session &session, const QString &subject, const QString &question, QWidget *parent);

} // namespace cockpit
