#include "ui/gate/askanswer.h"

#include "ui/session.h"
#include "ui/stage/answerdialog.h"

namespace cockpit {

void askAnswer(Session &session, const QString &subject, const QString &question, QWidget *parent)
{
    auto *dialog = new AnswerDialog(subject, question, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (const auto found = session.project().answers.find(subject); found != session.project().answers.end())
        dialog->setAnswer(found->second);
    QObject::connect(dialog, &AnswerDialog::answered, &session, &Session::answer);
    dialog->open();
}

} // namespace cockpit
