#include "ui/access/mailedlinksdialog.h"

#include "ui/access/actorkeeper.h"
#include "ui/access/tonedtext.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/scrollcolumn.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kWidth = 88;  // characters
constexpr int kHeight = 38; // lines; what does not fit is scrolled to

QString emptyTextOf(MailedValue value)
{
    if (value == MailedValue::InvitedMail)
        return u"sam+lc1a2b3c@example.com"_s;
    return value == MailedValue::Code ? MailedLinksDialog::tr("Type the code")
                                      : MailedLinksDialog::tr("Paste the link");
}

} // namespace

MailedLinksDialog::MailedLinksDialog(ActorKeeper &keeper, const TestActor &actor, const Target &target, QWidget *parent)
    : QDialog(parent),
      m_keeper(keeper),
      m_actor(actor),
      m_target(target),
      m_forget(makeSecondaryButton(tr("Forget stored links"), u"forgetMailed"_s)),
      m_problem(new PlainLabel)
{
    setObjectName(u"mailedLinksDialog"_s);
    setWindowTitle(tr("Mailed links"));
    build();
    bindKeeper();
    showStored({});
    m_keeper.lookForMailed(m_actor);
}

void MailedLinksDialog::build()
{
    QVBoxLayout *outer = makeDialogColumn(
        this, windowTitle(),
        tr("Two checks try whether somebody could misuse the links in your letters. This program cannot read a "
           "mailbox, "
           "so run the check first: it asks for the letters and then waits. Look into the mailbox of %1, right-click "
           "each link, choose “Copy link” and paste it here. Do not open it: a link works once, and the check is the "
           "one to use it.")
            .arg(m_actor.userName));
    setMinimumWidth(fontMetrics().averageCharWidth() * kWidth);
    resize(minimumWidth(), fontMetrics().height() * kHeight);
    QVBoxLayout *column = addScrollColumn(outer, this);
    column->setSpacing(space::kSmall);
    addSection(column, tr("Letters for a new password"),
               tr("The check asks for two letters. With the first two links it tells whether one works once only and "
                  "cannot be guessed; an old one shows whether links end by themselves."),
               MailedTopic::NewPassword);
    column->addSpacing(space::kMedium);
    addSection(
        column, tr("Invitations"),
        tr("The check sends one invitation. It then tries to accept it for somebody else and as an administrator, "
           "which makes an account that you remove afterwards."),
        MailedTopic::Invitation);
    column->addSpacing(space::kMedium);
    addSection(
        column, tr("One-time code"),
        tr("If people sign in with a code from a letter, a text message or an authenticator app, the check sends "
           "this one twice, to see whether a used code is refused. Codes of an app live for half a minute: save "
           "one that has just appeared, and check this line again at once."),
        MailedTopic::OneTimeCode);
    column->addStretch(1);
    outer->addWidget(&(new PlainLabel(whereKept()))->setMuted());
    m_problem->setObjectName(u"problem"_s);
    say(m_problem, {}, {});
    outer->addWidget(m_problem);
    outer->addWidget(m_forget, 0, Qt::AlignLeft);
    m_save = addDialogButtons(outer, this, tr("Save"));
    connect(m_save, &QPushButton::clicked, this, &MailedLinksDialog::submit);
    connect(m_forget, &QPushButton::clicked, this, &MailedLinksDialog::forgetStored);
    connect(this, &QDialog::finished, this, [this] {
        for (const Field &field : m_fields)
            field.edit->clear();
    });
}

QString MailedLinksDialog::whereKept() const
{
    switch (m_keeper.placeOf(m_actor)) {
    case ActorEntryPlace::PracticeMemory:
        return tr("The links are in memory for the practice company, which hands out fresh ones by itself: in no "
                  "keychain, in no file, and gone when the program ends.");
    case ActorEntryPlace::SessionMemory:
        return tr("The links are kept in memory and forgotten when the program ends; they are written to no file.");
    case ActorEntryPlace::Keychain:
        return tr("The links go into your computer's keychain beside the account's password, and never into the "
                  "project file. Once the check has used them they are of no use to anybody.");
    }
    Q_UNREACHABLE();
}

void MailedLinksDialog::addSection(QVBoxLayout *column, const QString &title, const QString &about, MailedTopic topic)
{
    auto *heading = new PlainLabel(title);
    heading->setScale(TextSize::Section, QFont::DemiBold);
    column->addWidget(heading);
    column->addWidget(&(new PlainLabel(about))->setMuted());
    for (const MailedValue value : kMailedValues) {
        if (topicOf(value) == topic)
            addValue(column, value);
    }
}

void MailedLinksDialog::addValue(QVBoxLayout *column, MailedValue value)
{
    auto *edit = new QLineEdit;
    auto *problem = new PlainLabel;
    if (value != MailedValue::InvitedMail) {
        edit->setEchoMode(QLineEdit::Password);
        edit->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    }
    addField(column, labelOf(value), edit, toWord(value));
    problem->setObjectName("problem-"_L1 + toWord(value));
    say(problem, {}, {});
    column->addWidget(problem);
    m_fields.push_back({value, edit, problem});
    // Said at once: somebody who pastes the wrong address should not have to press a button to hear of it.
    connect(edit, &QLineEdit::textChanged, this, [this] { sayWhatIsWrong(); });
}

void MailedLinksDialog::bindKeeper()
{
    connect(&m_keeper, &ActorKeeper::mailedSeen, this, [this](const QString &credential, const QStringList &names) {
        if (credential == m_actor.credential)
            showStored(names);
    });
    connect(&m_keeper, &ActorKeeper::saved, this, [this](const QString &id) {
        if (id == m_actor.id)
            takeSaved();
    });
    // What was pasted stays, so that it need not be looked for again; it leaves with the dialog.
    connect(&m_keeper, &ActorKeeper::failed, this, [this](const Error &error) {
        if (end() != Change::None)
            sayFailure(error);
    });
    connect(&m_keeper, &ActorKeeper::lookFailed, this, [this](const QString &id, const Error &error) {
        if (id == m_actor.id)
            sayFailure(error);
    });
    connect(&m_keeper, &ActorKeeper::waiting, this, [this] {
        say(m_problem, {},
            tr("The keychain has not answered yet. It may be asking for its password in another window."));
    });
}

void MailedLinksDialog::showStored(const QStringList &names)
{
    for (Field &field : m_fields) {
        field.isStored = names.contains(toWord(field.value));
        field.edit->setPlaceholderText(field.isStored ? tr("Stored. Paste another to replace it.")
                                                      : emptyTextOf(field.value));
    }
    m_forget->setVisible(!names.isEmpty());
    say(m_problem, {}, {});
}

bool MailedLinksDialog::sayWhatIsWrong()
{
    bool isWrong = false;
    for (const Field &field : m_fields) {
        const QString text = field.edit->text();
        const Result<void> checked = text.isEmpty() ? Result<void>() : checkedMailed(field.value, text, m_target);
        say(field.problem, u"fail"_s, checked ? QString() : checked.error().message);
        isWrong = isWrong || !checked;
    }
    return isWrong;
}

void MailedLinksDialog::submit()
{
    if (sayWhatIsWrong())
        return;
    HoleValues mailed;
    for (const Field &field : m_fields) {
        if (const QString text = field.edit->text().trimmed(); !text.isEmpty())
            mailed.insert_or_assign(toWord(field.value), Secret(text.toUtf8()));
    }
    if (mailed.empty()) {
        accept();
        return;
    }
    begin(Change::Save, mailed);
}

void MailedLinksDialog::forgetStored()
{
    HoleValues none;
    for (const Field &field : m_fields) {
        if (field.isStored)
            none.insert_or_assign(toWord(field.value), Secret());
    }
    begin(Change::Forget, none);
}

void MailedLinksDialog::begin(Change change, const HoleValues &mailed)
{
    m_change = change;
    m_save->setEnabled(false);
    m_forget->setEnabled(false);
    m_keeper.saveMailed(m_actor, mailed);
}

MailedLinksDialog::Change MailedLinksDialog::end()
{
    m_save->setEnabled(true);
    m_forget->setEnabled(true);
    return std::exchange(m_change, Change::None);
}

// The account itself may have been saved before, and be answered to only now: that is no reason to close.
void MailedLinksDialog::takeSaved()
{
    const Change change = end();
    if (change == Change::Forget)
        showStored({});
    else if (change == Change::Save)
        accept();
}

void MailedLinksDialog::sayFailure(const Error &error)
{
    say(m_problem, u"fail"_s, m_keeper.sentenceOf(error, m_actor));
}

} // namespace cockpit
