#include "ui/access/actordialog.h"

#include "ui/access/actorkeeper.h"
#include "ui/access/signinfields.h"
#include "ui/access/tonedtext.h"
#include "ui/access/valuefields.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/scrollcolumn.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {
constexpr int kWidth = 96;  // characters
constexpr int kHeight = 34; // lines; what does not fit is scrolled to
} // namespace

ActorDialog::ActorDialog(ActorKeeper &keeper, const TestActor &actor, bool isStored, QWidget *parent)
    : QDialog(parent),
      m_keeper(keeper),
      m_actor(actor),
      m_name(new QLineEdit),
      m_role(new QComboBox),
      m_tenant(new QLineEdit),
      m_user(new QLineEdit),
      m_signIn(new SignInFields),
      m_values(new ValueFields),
      m_whoAmI(new QLineEdit),
      m_whoPointer(new QLineEdit),
      m_throwAway(new QCheckBox(tr("It may be locked out: it is used for nothing else"))),
      m_where(new PlainLabel),
      m_notes(new PlainLabel),
      m_problem(new PlainLabel)
{
    setObjectName(u"actorDialog"_s);
    setWindowTitle(actor.id.isEmpty() ? tr("Add a test account") : actor.name);
    if (m_actor.id.isEmpty())
        m_actor.id = newActorId();
    build();
    fill(isStored);
    bindKeeper();
}

void ActorDialog::addCell(QGridLayout *grid, int row, int column, const QString &name, QWidget *field,
                          const QString &objectName)
{
    auto *cell = new QVBoxLayout;
    cell->setSpacing(space::kTiny);
    addField(cell, name, field, objectName);
    grid->addLayout(cell, row, column, Qt::AlignTop);
    grid->setColumnStretch(column, 1);
}

void ActorDialog::build()
{
    QVBoxLayout *outer = makeDialogColumn(
        this, windowTitle(),
        tr("An account that you made for tests, never a customer's. Two customers with an admin and a member each show "
           "the most."));
    setMinimumWidth(fontMetrics().averageCharWidth() * kWidth);
    resize(minimumWidth(), fontMetrics().height() * kHeight);
    say(m_notes, {}, {});
    m_notes->setObjectName(u"recordedNotes"_s);
    outer->addWidget(m_notes);
    QVBoxLayout *column = addScrollColumn(outer, this);
    column->setSpacing(space::kMedium);
    m_role->setEditable(true);
    m_role->addItems({u"admin"_s, u"member"_s, u"viewer"_s});
    m_name->setPlaceholderText(tr("Anna, admin of Acme"));
    m_tenant->setPlaceholderText(tr("The customer it belongs to, such as Acme"));
    m_user->setPlaceholderText(u"anna@acme.example"_s);
    m_whoAmI->setPlaceholderText(u"https://app.example.com/api/me"_s);
    m_whoPointer->setPlaceholderText(u"/user/email"_s);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::kLarge);
    grid->setVerticalSpacing(space::kMedium);
    addCell(grid, 0, 0, tr("Name"), m_name, u"actorName"_s);
    addCell(grid, 0, 1, tr("Role"), m_role, u"actorRole"_s);
    addCell(grid, 1, 0, tr("Customer (tenant)"), m_tenant, u"actorTenant"_s);
    addCell(grid, 1, 1, tr("User name"), m_user, u"actorUser"_s);
    column->addLayout(grid);
    column->addWidget(m_signIn);
    column->addWidget(m_values);
    column->addWidget(&m_where->setMuted());
    auto *who = new QGridLayout;
    who->setHorizontalSpacing(space::kLarge);
    addCell(who, 0, 0, tr("Address that says who is signed in"), m_whoAmI, u"actorWhoAmI"_s);
    addCell(who, 0, 1, tr("Where the name stands in it"), m_whoPointer, u"actorWhoPointer"_s);
    column->addLayout(who);
    m_throwAway->setObjectName(u"actorThrowAway"_s);
    column->addWidget(m_throwAway);
    column->addStretch(1);
    m_problem->setObjectName(u"problem"_s);
    outer->addWidget(m_problem);
    m_save = addDialogButtons(outer, this, tr("Save"));
    connect(m_save, &QPushButton::clicked, this, &ActorDialog::submit);
    connect(m_signIn, &SignInFields::edited, this, [this] { m_values->askFor(m_signIn->signIn()); });
}

void ActorDialog::bindKeeper()
{
    connect(&m_keeper, &ActorKeeper::saved, this, [this](const QString &id) {
        if (id == m_actor.id && m_isSaving)
            accept();
    });
    connect(&m_keeper, &ActorKeeper::failed, this, [this](const Error &error) {
        if (m_isSaving)
            takeFailure(error);
    });
    connect(&m_keeper, &ActorKeeper::waiting, this, [this] {
        say(m_problem, {},
            tr("The keychain has not answered yet. It may be asking for its password in another window."));
    });
}

void ActorDialog::fill(bool isStored)
{
    m_name->setText(m_actor.name);
    m_role->setCurrentText(m_actor.role.isEmpty() ? u"member"_s : m_actor.role);
    m_tenant->setText(m_actor.tenant);
    m_user->setText(m_actor.userName);
    m_signIn->setSignIn(m_actor.signIn);
    m_values->setStored(isStored);
    m_values->askFor(m_signIn->signIn());
    m_whoAmI->setText(m_actor.whoAmIUrl);
    m_whoPointer->setText(m_actor.whoAmIPointer);
    m_throwAway->setChecked(m_actor.isThrowAway);
    m_where->setText(whereKept());
    say(m_problem, {}, {});
}

QString ActorDialog::whereKept() const
{
    switch (m_keeper.placeOf(m_actor)) {
    case ActorEntryPlace::PracticeMemory:
        return tr("It is in memory for the practice company: in no keychain, in no file, and gone when the program "
                  "ends.");
    case ActorEntryPlace::SessionMemory:
        return tr("It is kept in memory and forgotten when the program ends; it is written to no file.");
    case ActorEntryPlace::Keychain:
        return tr("It goes into your computer's keychain, and never into the project file.");
    }
    Q_UNREACHABLE();
}

void ActorDialog::useRecorded(const RecordedSignIn &recorded)
{
    m_signIn->setSignIn(recorded.signIn);
    if (!recorded.userName.isEmpty())
        m_user->setText(recorded.userName);
    m_values->setRecorded(recorded.values);
    m_values->askFor(recorded.signIn);
    say(m_notes, u"warn"_s, recorded.notes.join(u'\n'));
}

TestActor ActorDialog::actor() const
{
    TestActor actor = m_actor;
    actor.name = m_name->text().simplified();
    actor.role = m_role->currentText().trimmed().toLower();
    actor.tenant = m_tenant->text().simplified();
    actor.userName = m_user->text().trimmed();
    actor.signIn = m_signIn->signIn();
    actor.whoAmIUrl = m_whoAmI->text().trimmed();
    actor.whoAmIPointer = m_whoPointer->text().trimmed();
    actor.isThrowAway = m_throwAway->isChecked();
    return actor;
}

void ActorDialog::submit()
{
    const auto checked = checkedActor(actor());
    m_values->askFor(m_signIn->signIn());
    QString problem = checked ? m_values->missing() : checked.error().message;
    if (problem.isEmpty() && m_keeper.isBusy()) // before the fields are emptied for nothing
        problem = ActorKeeper::sentenceWhileBusy();
    say(m_problem, u"fail"_s, problem);
    if (!problem.isEmpty())
        return;
    m_save->setEnabled(false);
    m_isSaving = true;
    m_keeper.save(*checked, m_values->takeEntry());
}

// What was typed is gone with takeEntry(): a value is held by nobody who does not need it.
void ActorDialog::takeFailure(const Error &error)
{
    m_save->setEnabled(true);
    m_isSaving = false;
    say(m_problem, u"fail"_s, m_keeper.sentenceOf(error, m_actor));
}

} // namespace cockpit
