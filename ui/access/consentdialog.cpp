#include "ui/access/consentdialog.h"

#include "ui/access/consentstep.h"
#include "ui/access/proofstep.h"
#include "ui/access/tonedtext.h"
#include "ui/session.h"
#include "ui/stage/askperson.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/scrollcolumn.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

bool isProven(PermissionState state)
{
    switch (state) {
    case PermissionState::NotProven:
    case PermissionState::Expired:
    case PermissionState::OtherTarget:
        return false;
    case PermissionState::NotAgreed:
    case PermissionState::Stopped:
    case PermissionState::Given:
        return true;
    }
    Q_UNREACHABLE();
}

QString lastName(const ProjectState &project)
{
    return project.permission.agreedBy.isEmpty() ? whoSpokeLast(project) : project.permission.agreedBy;
}

} // namespace

ConsentDialog::ConsentDialog(Session &session, QWidget *parent)
    : QDialog(parent),
      m_session(session),
      m_standing(new PlainLabel),
      m_proof(new ProofStep(session)),
      m_consent(new ConsentStep(session, lastName(session.project()))),
      m_problem(new PlainLabel),
      m_withdraw(makeLinkButton(tr("Take the permission back"), u"withdrawAgreement"_s))
{
    setObjectName(u"consentDialog"_s);
    setWindowTitle(tr("Test attacks on your own product"));
    build();
    showStep();
    connect(&session, &Session::permissionChanged, this, &ConsentDialog::showStep);
    for (const auto left : {&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged})
        connect(&session, left, this, &QDialog::reject);
}

void ConsentDialog::build()
{
    QVBoxLayout *column =
        makeDialogColumn(this, windowTitle(),
                         tr("Attacks on somebody else's product are a crime. So first show that this one is yours, "
                            "and then say what may be sent to it."));
    setMinimumWidth(fontMetrics().averageCharWidth() * 84);
    m_standing->setObjectName(u"proofStanding"_s);
    m_standing->setProperty("tone", u"pass"_s);
    m_problem->setObjectName(u"problem"_s);
    QVBoxLayout *steps = addGrowingScrollColumn(column, this); // long texts on a small screen
    steps->setSpacing(space::kSmall);
    steps->addWidget(m_standing);
    steps->addWidget(m_proof);
    steps->addWidget(m_consent);
    steps->addWidget(m_withdraw, 0, Qt::AlignLeading);
    steps->addStretch(1);
    column->addWidget(m_problem);
    m_agree = addDialogButtons(column, this, tr("I allow this"));
    connect(m_agree, &QPushButton::clicked, this, &ConsentDialog::agree);
    connect(m_withdraw, &QPushButton::clicked, &m_session, &Session::withdrawAgreement);
}

void ConsentDialog::showStep()
{
    const Permission &permission = m_session.project().permission;
    const bool proven = isProven(m_session.permissionState());
    m_standing->setText(
        permission.proof ? tr("Shown on %1: %2 is yours (%3).")
                               .arg(locale().toString(permission.proof->provenAt.toLocalTime(), QLocale::ShortFormat),
                                    permission.proof->domain, labelOf(permission.proof->method))
                         : tr("This product runs on this computer: there is nothing to prove."));
    m_standing->setVisible(proven);
    m_proof->setVisible(!proven);
    m_consent->setVisible(proven);
    m_agree->setVisible(proven);
    m_withdraw->setVisible(proven && !permission.agreedBy.isEmpty());
    say(m_problem, u"fail"_s, {});
}

void ConsentDialog::agree()
{
    const QString problem = m_consent->agree();
    say(m_problem, u"fail"_s, problem);
    if (problem.isEmpty())
        accept();
}

} // namespace cockpit
