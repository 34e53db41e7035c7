#include "ui/secrets/secretspage.h"

#include "models/secretsfound.h"
#include "ui/secrets/rotationdialog.h"
#include "ui/secrets/secretdialog.h"
#include "ui/secrets/secretscard.h"
#include "ui/session.h"
#include "ui/stage/askperson.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/whendone.h"

#include <QMessageBox>
#include <QPushButton>
#include <QtConcurrent>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

const QStringList kChecks{u"secrets.inventory"_s, u"secrets.least-privilege"_s, u"secrets.rotation"_s};

// What was found, and how much of it the inventory does not know yet.
struct FoundForInventory
{
    std::vector<SecretEntry> proposed;
    int news = 0;
};

FoundForInventory foundIn(const ProjectState &project)
{
    FoundForInventory found{proposedSecrets(project)};
    const MergedSecrets merged = mergedSecrets(project.secrets, found.proposed);
    found.news = merged.added + merged.marked;
    return found;
}

template<typename Predicate>
int countOf(const std::vector<SecretEntry> &entries, Predicate isIt)
{
    return static_cast<int>(std::ranges::count_if(entries, isIt));
}

} // namespace

SecretsPage::SecretsPage(Session &session, QWidget *parent)
    : Page(pages::kSecrets, session, parent),
      m_banner(new Banner),
      m_card(new SecretsCard),
      m_standing(new PlainLabel),
      m_environments(makeLinkButton(tr("Environments…"), u"openEnvironments"_s)),
      m_sources(makeLinkButton(tr("Code and files…"), u"openSources"_s)),
      m_look(makeSecondaryButton(tr("Check the inventory"), u"checkSecrets"_s))
{
    setTitle(tr("Secrets"));
    setSubtitle(tr("Your keys and passwords by name: whose each is, what it may do, where it is kept, when it is due. "
                   "Their values stay where they are."));
    addHeaderWidget(m_environments);
    addHeaderWidget(m_sources);
    addHeaderWidget(m_look);
    content()->addWidget(m_banner);
    m_standing->setObjectName(u"secretsStanding"_s);
    content()->addWidget(&m_standing->setMuted());
    content()->addWidget(m_card, 1);
    bindCard();
    connect(m_environments, &QPushButton::clicked, this, [this] { emit navigate(pages::kEnvironments); });
    connect(m_sources, &QPushButton::clicked, this, [this] { emit navigate(pages::kSources); });
    connect(m_look, &QPushButton::clicked, this, [this] {
        m_banner->dismiss();
        this->session().runChecks(kChecks);
    });
    for (const auto left : {&Session::projectOpened, &Session::projectClosed})
        connect(&session, left, this, &SecretsPage::leaveProject);
    follow(&Session::projectOpened, &Session::projectClosed, &Session::secretsChanged, &Session::credentialsChanged,
           &Session::findingsChanged, &Session::resultsChanged, &Session::runStarted, &Session::runFinished);
}

void SecretsPage::bindCard()
{
    connect(m_card, &SecretsCard::takeOverWanted, this, &SecretsPage::takeOver);
    connect(m_card, &SecretsCard::addWanted, this, &SecretsPage::add);
    connect(m_card, &SecretsCard::editWanted, this, &SecretsPage::edit);
    connect(m_card, &SecretsCard::replaceWanted, this, &SecretsPage::replace);
    connect(m_card, &SecretsCard::removeWanted, this, &SecretsPage::remove);
}

// What is being written down is about no other project.
void SecretsPage::leaveProject()
{
    for (QDialog *dialog : findChildren<QDialog *>())
        dialog->reject();
    ++m_looks;
    m_proposed.clear();
    m_card->setFound(0);
}

void SecretsPage::aboutToShow()
{
    m_banner->dismiss();
}

QString SecretsPage::standing() const
{
    const std::vector<SecretEntry> &entries = session().project().secrets;
    const QDate today = QDate::currentDate();
    QStringList parts;
    const auto say = [&parts](int count, const QString &text) {
        if (count > 0)
            parts << text;
    };
    const int exposed = countOf(entries, isOpenlyExposed);
    say(exposed, tr("%n exposed", nullptr, exposed));
    const int late = countOf(entries, [&](const SecretEntry &entry) { return isOverdue(entry, today); });
    say(late, tr("%n overdue", nullptr, late));
    const int gaps = countOf(entries, [](const SecretEntry &entry) { return !missingParts(entry).isEmpty(); });
    say(gaps, tr("%n not complete", nullptr, gaps));
    if (entries.empty())
        return {};
    const QString all = tr("%n secret(s)", nullptr, static_cast<int>(entries.size()));
    return parts.isEmpty() ? tr("%1, nothing to do about them.").arg(all)
                           : tr("%1: %2.").arg(all, parts.join(tr(", ", "between the parts of a list")));
}

void SecretsPage::refresh()
{
    const bool writable = session().isOpen() && !session().isReadOnly();
    m_card->setReadOnly(!writable);
    lookWhatWasFound();
    m_card->setEntries(session().project().secrets, QDate::currentDate());
    m_standing->setText(standing());
    m_standing->setVisible(!m_standing->text().isEmpty());
    m_look->setEnabled(writable && !session().isRunning() && !session().project().secrets.empty());
}

// Thousands of findings take a while, so a worker looks.
void SecretsPage::lookWhatWasFound()
{
    const int look = ++m_looks;
    const auto work = [project = session().project()] { return foundIn(project); };
    whenDone(QtConcurrent::run(work), this, [this, look](FoundForInventory found) {
        if (look != m_looks)
            return;
        m_proposed = std::move(found.proposed);
        m_card->setFound(found.news);
    });
}

void SecretsPage::takeOver()
{
    const MergedSecrets found = mergedSecrets(session().project().secrets, m_proposed);
    m_card->setFound(0);
    store(found.entries);
    QStringList more;
    if (found.marked > 0)
        more << tr("%n secret(s) that you had written down turned out to be exposed.", nullptr, found.marked);
    if (found.leftOut > 0)
        more << tr("The inventory is full: %n secret(s) were left out.", nullptr, found.leftOut);
    more << tr("Say of each who owns it and where it is kept, and replace the exposed ones.");
    m_banner->showMessage(found.leftOut > 0 ? Tone::Warn : Tone::Pass,
                          tr("%n secret(s) added by their names.", nullptr, found.added), more.join(u' '));
}

void SecretsPage::add()
{
    SecretEntry entry;
    entry.id = newSecretId();
    auto *dialog = new SecretDialog(entry, whoSpokeLast(session().project()), QDate::currentDate(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SecretDialog::edited, this, &SecretsPage::put);
    dialog->open();
}

void SecretsPage::edit(const QString &id)
{
    const SecretEntry *entry = find(id);
    if (!entry)
        return;
    auto *dialog = new SecretDialog(*entry, whoSpokeLast(session().project()), QDate::currentDate(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SecretDialog::edited, this, &SecretsPage::put);
    dialog->open();
}

void SecretsPage::replace(const QString &id)
{
    const SecretEntry *entry = find(id);
    if (!entry)
        return;
    const QString by = entry->rotation.empty() ? whoSpokeLast(session().project()) : entry->rotation.back().by;
    auto *dialog = new RotationDialog(*entry, by, QDate::currentDate(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->offerTrial(session().keyTester(), session().netOptions());
    connect(dialog, &RotationDialog::changed, this, &SecretsPage::put);
    dialog->open();
}

void SecretsPage::remove(const QString &id)
{
    const SecretEntry *entry = find(id);
    if (!entry)
        return;
    auto *box = new QMessageBox(
        QMessageBox::Question, tr("Remove from the inventory"),
        tr("Remove %1 from the inventory? The secret itself stays as it is, where it is.").arg(entry->name),
        QMessageBox::Cancel, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Cancel);
    QPushButton *yes = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    yes->setObjectName(u"confirmRemoveSecret"_s);
    connect(yes, &QPushButton::clicked, this, [this, id] {
        std::vector<SecretEntry> entries = session().project().secrets;
        std::erase_if(entries, [&](const SecretEntry &one) { return one.id == id; });
        store(entries);
    });
    box->open();
}

const SecretEntry *SecretsPage::find(const QString &id) const
{
    const std::vector<SecretEntry> &entries = session().project().secrets;
    const auto entry = std::ranges::find(entries, id, &SecretEntry::id);
    return entry == entries.end() ? nullptr : &*entry;
}

void SecretsPage::put(const SecretEntry &entry)
{
    std::vector<SecretEntry> entries = session().project().secrets;
    const auto known = std::ranges::find(entries, entry.id, &SecretEntry::id);
    if (known == entries.end())
        entries.push_back(entry);
    else
        *known = entry;
    store(entries);
    m_card->choose(entry.id);
}

void SecretsPage::store(const std::vector<SecretEntry> &entries)
{
    m_banner->dismiss();
    session().setSecrets(entries);
    bringUpToDate();
}

} // namespace cockpit
