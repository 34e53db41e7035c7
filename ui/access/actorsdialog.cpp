#include "ui/access/actorsdialog.h"

#include "ui/access/actordialog.h"
#include "ui/access/actormodel.h"
#include "ui/access/mailedlinksdialog.h"
#include "ui/access/recordeddialog.h"
#include "ui/access/tonedtext.h"
#include "ui/session.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/tables.h"

#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {
constexpr int kLinesShown = 16;
} // namespace

ActorsDialog::ActorsDialog(Session &session, QWidget *parent)
    : QDialog(parent),
      m_session(session),
      m_keeper(session),
      m_model(new ActorModel(this)),
      m_list(makeRowList(m_model, u"actors"_s, tr("Test accounts"), {}, nullptr)),
      m_missing(new PlainLabel),
      m_answer(new PlainLabel),
      m_add(makeSecondaryButton(tr("Add…"), u"addActor"_s)),
      m_record(makeSecondaryButton(tr("Import a recorded sign-in…"), u"recordActor"_s)),
      m_edit(makeSecondaryButton(tr("Edit…"), u"editActor"_s)),
      m_try(makeSecondaryButton(tr("Try it"), u"tryActor"_s)),
      m_mailed(makeSecondaryButton(tr("Mailed links…"), u"mailedLinks"_s)),
      m_remove(makeSecondaryButton(tr("Remove…"), u"removeActor"_s))
{
    setObjectName(u"actorsDialog"_s);
    setWindowTitle(tr("Test accounts"));
    build();
    bindSession();
    refresh();
}

void ActorsDialog::build()
{
    const std::vector<TestActor> &actors = m_session.project().actors;
    const bool isPractice = !actors.empty() && std::ranges::all_of(actors, [this](const TestActor &one) {
        return m_keeper.isOfPractice(one);
    });
    QVBoxLayout *column = makeDialogColumn(
        this, windowTitle(),
        isPractice ? tr("The checks sign in as these and try what each must not do. Their passwords are in memory for "
                        "the practice company, in no keychain and in no file.")
                   : tr("The checks sign in as these and try what each must not do. Passwords and tokens are in your "
                        "computer's keychain."));
    setMinimumWidth(fontMetrics().averageCharWidth() * 104);
    m_missing->setObjectName(u"missingActors"_s);
    column->addWidget(m_missing);
    column->addWidget(makeListArea(), 1);
    m_answer->setObjectName(u"trialAnswer"_s);
    say(m_answer, {}, {});
    column->addWidget(m_answer);
    column->addWidget(makeActions());
}

QWidget *ActorsDialog::makeListArea()
{
    auto *card = new Card;
    card->setPadding(0);
    card->column()->setContentsMargins(1, kCardRadius / 2, 1, kCardRadius / 2);
    card->setMinimumHeight(fontMetrics().height() * kLinesShown);
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_list);
    m_stack->addWidget(new EmptyState(
        tr("No test account yet"),
        tr("Make two customers in your product with an admin and a member each, and add them here. Or sign in once in "
           "your browser and import what it sent.")));
    card->column()->addLayout(m_stack);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ActorsDialog::showButtons);
    connect(m_list, &QListView::activated, this, [this] {
        if (m_edit->isEnabled())
            edit();
    });
    return card;
}

QWidget *ActorsDialog::makeActions()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    auto *flowHolder = new QWidget;
    auto *flow = new FlowLayout(space::kSmall, flowHolder);
    for (QPushButton *button : {m_add, m_record, m_edit, m_try, m_mailed, m_remove})
        flow->addWidget(button);
    auto *close = makePrimaryButton(tr("Close"), u"closeActors"_s);
    row->addWidget(flowHolder, 1);
    row->addWidget(close, 0, Qt::AlignBottom);
    connect(m_add, &QPushButton::clicked, this, &ActorsDialog::add);
    connect(m_record, &QPushButton::clicked, this, &ActorsDialog::record);
    connect(m_edit, &QPushButton::clicked, this, &ActorsDialog::edit);
    connect(m_try, &QPushButton::clicked, this, &ActorsDialog::tryOut);
    connect(m_mailed, &QPushButton::clicked, this, &ActorsDialog::openMailedLinks);
    connect(m_remove, &QPushButton::clicked, this, &ActorsDialog::remove);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    return holder;
}

void ActorsDialog::bindSession()
{
    for (const auto changed : {&Session::actorsChanged, &Session::credentialsChanged, &Session::permissionChanged})
        connect(&m_session, changed, this, &ActorsDialog::refresh);
    for (const auto left : {&Session::projectOpened, &Session::projectClosed})
        connect(&m_session, left, this, [this] {
            for (QDialog *dialog : findChildren<QDialog *>())
                dialog->reject();
            reject();
        });
    connect(&m_keeper, &ActorKeeper::saved, this, [this](const QString &id) {
        m_list->setCurrentIndex(m_model->index(std::max(0, m_model->rowOf(id))));
        say(m_answer, {}, {});
    });
    connect(&m_keeper, &ActorKeeper::failed, this,
            [this](const Error &error) { say(m_answer, u"fail"_s, error.message); });
}

void ActorsDialog::refresh()
{
    QSet<QString> names;
    for (const Credential &credential : m_session.project().credentials)
        names.insert(credential.name);
    const int row = m_list->currentIndex().row();
    m_model->setActors(m_session.project().actors, names);
    if (!m_list->currentIndex().isValid() && m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(std::clamp(row, 0, m_model->rowCount() - 1)));
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
    const bool isEmpty = m_session.project().actors.empty(); // the empty list says it itself
    say(m_missing, u"warn"_s, isEmpty ? QString() : missingActors(m_session.project().actors).join(u'\n'));
    showButtons();
}

void ActorsDialog::showButtons()
{
    const bool writable = m_session.isOpen() && !m_session.isReadOnly();
    const bool isGiven = m_session.permissionState() == PermissionState::Given;
    m_add->setEnabled(writable);
    m_record->setEnabled(writable);
    m_edit->setEnabled(writable && chosen());
    m_remove->setEnabled(writable && chosen());
    m_try->setEnabled(writable && chosen() && isGiven && !m_isTrying);
    const QString why = isGiven ? QString() : sentenceOf(m_session.permissionState());
    m_try->setToolTip(why);
    m_try->setAccessibleDescription(why);
    showMailed(writable);
}

// It is about one account, whichever row is chosen: the one whose mailbox the checks send letters to.
void ActorsDialog::showMailed(bool writable)
{
    const TestActor *owner = mailboxActorIn(m_session.project().actors);
    m_mailed->setEnabled(writable && owner);
    const QString why = owner ? tr("Paste the links of the letters that came to %1.").arg(owner->userName)
                              : tr("Needs an account that may be locked out, signs in with a password, and has an "
                                   "address of mail as its user name.");
    m_mailed->setToolTip(why);
    m_mailed->setAccessibleDescription(why);
}

const TestActor *ActorsDialog::chosen() const
{
    return m_model->actor(m_list->currentIndex().row());
}

void ActorsDialog::ask(const TestActor &actor, const RecordedSignIn *recorded)
{
    const std::vector<Credential> &credentials = m_session.project().credentials;
    const bool isStored = !actor.credential.isEmpty() &&
                          std::ranges::find(credentials, actor.credential, &Credential::name) != credentials.end();
    auto *dialog = new ActorDialog(m_keeper, actor, isStored, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (recorded)
        dialog->useRecorded(*recorded);
    dialog->open();
}

void ActorsDialog::add()
{
    ask({}, nullptr);
}

void ActorsDialog::edit()
{
    if (chosen())
        ask(TestActor(*chosen()), nullptr);
}

void ActorsDialog::record()
{
    auto *dialog = new RecordedDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RecordedDialog::recorded, this, [this](const RecordedSignIn &recorded) { ask({}, &recorded); });
    dialog->open();
}

void ActorsDialog::openMailedLinks()
{
    const TestActor *owner = mailboxActorIn(m_session.project().actors);
    if (!owner)
        return;
    auto *dialog = new MailedLinksDialog(m_keeper, *owner, m_session.project().settings.target, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ActorsDialog::remove()
{
    if (!chosen())
        return;
    auto *box = new QMessageBox(
        QMessageBox::Question, tr("Remove the test account"),
        tr("Remove %1 and its password from this computer? In your product it stays.").arg(chosen()->name),
        QMessageBox::Cancel, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Cancel);
    QPushButton *yes = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    yes->setObjectName(u"confirmRemoveActor"_s);
    connect(yes, &QPushButton::clicked, this, [this, id = chosen()->id] { m_keeper.remove(id); });
    box->open();
}

void ActorsDialog::tryOut()
{
    if (!chosen())
        return;
    const QString id = chosen()->id;
    m_isTrying = true;
    m_model->setStanding(id, {StateShape::Running, tr("Signing in…")});
    say(m_answer, {}, tr("Signing in as %1…").arg(chosen()->name));
    showButtons();
    m_session.tryActor(id, this, [this, id](const Result<ActorTrial> &trial) { take(id, trial); });
}

void ActorsDialog::take(const QString &actorId, const Result<ActorTrial> &trial)
{
    m_isTrying = false;
    const bool isIn = trial && trial->isSignedIn;
    const QString sentence = trial ? trial->sentence : trial.error().message;
    // Where nobody could be asked, nothing is known of the account.
    const StateShape shape = isIn ? StateShape::Pass : trial ? StateShape::Fail : StateShape::Warn;
    m_model->setStanding(actorId, {shape, sentence});
    say(m_answer, isIn ? u"pass"_s : trial ? u"fail"_s : u"warn"_s, sentence);
    showButtons();
}

} // namespace cockpit
