#include "ui/message/messagepage.h"

#include "ui/message/deliverycard.h"
#include "ui/message/messagework.h"
#include "ui/message/storydetails.h"
#include "ui/message/storypicture.h"
#include "ui/message/storywords.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/pastefield.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/tablefile.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

QString droppedFile(const QMimeData *source)
{
    const QList<QUrl> urls = source->urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

} // namespace

MessagePage::MessagePage(Session &session, QWidget *parent)
    : Page(pages::kMessage, session, parent),
      m_work(new MessageWork(session, this)),
      m_banner(new Banner),
      m_text(new PasteField(
          {u"messageText"_s, tr("The message as it came"),
           tr("Paste the whole message here, from its first line (\"Show original\" in your mail program), or drop "
              "its file."),
           tr("A message of %1 is taken. It is kept as it is and not shown here. Clear it to take another one.")})),
      m_read(makePrimaryButton(tr("Read the message"), u"readMessage"_s)),
      m_open(makeSecondaryButton(tr("Open a file…"), u"openMessage"_s)),
      m_clear(makeSecondaryButton(tr("Clear"), u"clearMessage"_s)),
      m_stop(makeSecondaryButton(tr("Stop"), u"stopMessage"_s)),
      m_verdict(new Card),
      m_icon(new StateIcon),
      m_headline(new PlainLabel),
      m_disagreement(new PlainLabel),
      m_picture(new StoryPicture),
      m_more(makeLinkButton(tr("Show the details"), u"showStory"_s)),
      m_details(new StoryDetails),
      m_selectors(new PlainLabel),
      m_use(makeSecondaryButton(tr("Use these selectors"), u"useSelectors"_s)),
      m_doubt(new PlainLabel(
          tr("It does not prove that it is yours, and anybody can write your address into a message. So it is not kept "
             "as proof of your delivery."))),
      m_vouch(makeSecondaryButton(tr("This is mail of my product: keep it as proof"), u"keepAsProof"_s)),
      m_delivery(new DeliveryCard(session, *m_work))
{
    setTitle(tr("A message"));
    setSubtitle(
        tr("Take a message of your product that arrived somewhere and see whether receivers believe it. It stays "
           "on this computer and is not kept."));
    setAcceptDrops(true);
    content()->addWidget(m_banner); // seen from wherever the column was scrolled to
    QVBoxLayout *column = addScrollColumn(content(), this);
    column->addWidget(createInput());
    column->addWidget(createVerdict());
    column->addWidget(m_details);
    column->addWidget(m_delivery);
    column->addStretch();
    m_verdict->hide();
    m_details->hide();
    connectWork();
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::credentialsChanged,
           &Session::deliveryChanged);
}

QWidget *MessagePage::createInput()
{
    auto *card = new Card;
    card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum); // room that is left belongs below the cards
    card->column()->setSpacing(space::kSmall);
    card->column()->addWidget(m_text);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    row->addWidget(m_read);
    row->addWidget(m_open);
    row->addWidget(m_clear);
    row->addWidget(m_stop);
    row->addStretch();
    card->column()->addLayout(row);
    m_read->setEnabled(false);
    m_clear->hide();
    m_stop->hide();
    connect(m_clear, &QPushButton::clicked, m_text, &PasteField::forget);
    connect(m_text, &PasteField::edited, this, [this] { setBusy(m_work->isBusy()); });
    connect(m_text, &PasteField::fileDropped, this, &MessagePage::openFile);
    connect(m_read, &QPushButton::clicked, this, &MessagePage::readPasted);
    connect(m_open, &QPushButton::clicked, this, &MessagePage::chooseFile);
    connect(m_stop, &QPushButton::clicked, m_work, &MessageWork::stop);
    return card;
}

QWidget *MessagePage::createVerdict()
{
    m_verdict->setObjectName(u"storyVerdict"_s);
    m_headline->setObjectName(u"storyHeadline"_s);
    m_headline->setScale(TextSize::Section, QFont::DemiBold);
    m_disagreement->setObjectName(u"storyDisagreement"_s);
    m_selectors->setObjectName(u"storySelectors"_s);
    auto *top = new QHBoxLayout;
    top->setSpacing(space::kMedium);
    top->addWidget(m_icon, 0, Qt::AlignTop);
    top->addWidget(m_headline, 1);
    m_verdict->column()->addLayout(top);
    m_verdict->column()->addWidget(m_picture);
    m_verdict->column()->addWidget(m_disagreement);
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(space::kMedium);
    bottom->addWidget(m_selectors, 1);
    bottom->addWidget(m_use);
    m_verdict->column()->addLayout(bottom);
    m_verdict->column()->addWidget(createDoubt());
    m_verdict->column()->addWidget(m_more, 0, Qt::AlignLeading);
    connect(m_more, &QPushButton::clicked, this, [this] { showDetails(m_details->isHidden()); });
    connect(m_use, &QPushButton::clicked, this, &MessagePage::useSelectors);
    return m_verdict;
}

QWidget *MessagePage::createDoubt()
{
    auto *holder = new QWidget;
    holder->setObjectName(u"storyDoubt"_s);
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kMedium);
    row->addWidget(m_doubt, 1);
    row->addWidget(m_vouch);
    holder->hide();
    connect(m_vouch, &QPushButton::clicked, this, &MessagePage::vouchForIt);
    return holder;
}

void MessagePage::connectWork()
{
    connect(m_work, &MessageWork::busyChanged, this, &MessagePage::setBusy);
    connect(m_work, &MessageWork::told, this, &MessagePage::takeStory);
    connect(m_work, &MessageWork::failed, this,
            [this](const Error &error) { say(Tone::Fail, error.message, Banner::adviceFor(error.kind)); });
    connect(m_work, &MessageWork::sent, this, &MessagePage::saySent);
    connect(m_details, &StoryDetails::corrected, m_work, [this](const QString &address, const QString &sender) {
        m_banner->dismiss();
        m_work->readAgain(address, sender);
    });
    connect(&session(), &Session::projectOpened, this, &MessagePage::leaveProject);
    connect(&session(), &Session::projectClosed, this, &MessagePage::leaveProject);
}

void MessagePage::say(Tone tone, const QString &whatHappened, const QString &whatToTry)
{
    m_hasNews = !isVisible();
    m_banner->showMessage(tone, whatHappened, whatToTry);
}

void MessagePage::saySent(const SentMessage &message)
{
    if (message.answer.isEmpty())
        say(Tone::Warn, tr("The whole message went out, and the server did not say that it took it."),
            tr("It may arrive all the same. Look for it there before you send another one, copy its original into the "
               "field above, and read it here."));
    else
        say(Tone::Pass, tr("The server took the message: %1").arg(message.answer),
            tr("Open it where it arrives, copy its original into the field above, and read it here."));
}

// What came while another page was shown has not been seen yet.
void MessagePage::aboutToShow()
{
    if (!std::exchange(m_hasNews, false))
        m_banner->dismiss();
}

// What is shown was about another product.
void MessagePage::leaveProject()
{
    m_work->forget();
    m_text->forget();
    m_story.reset();
    m_doubtful.reset();
    m_hasNews = false;
    m_verdict->hide();
    showDetails(false);
    m_banner->dismiss();
}

void MessagePage::chooseFile()
{
    chooseFileToRead(this, tr("Open a message"), tr("Messages (*.eml *.txt);;All files (*)"),
                     [this](const QString &path) { openFile(path); });
}

// Not while something goes on: reading would stop a message on its way, and nobody would hear what became of it.
void MessagePage::openFile(const QString &path)
{
    if (m_work->isBusy())
        return;
    m_banner->dismiss();
    m_text->forget();
    m_work->readFile(path);
}

void MessagePage::readPasted()
{
    m_banner->dismiss();
    m_work->readText(m_text->text());
}

void MessagePage::setBusy(bool busy)
{
    m_read->setEnabled(!busy && m_text->hasText());
    m_open->setEnabled(!busy);
    m_clear->setVisible(m_text->holdsUnseen());
    m_clear->setEnabled(!busy);
    m_stop->setVisible(busy && !m_work->isSending());
    m_details->setBusy(busy);
    m_delivery->setBusy(busy);
}

void MessagePage::takeStory(const MessageStory &story)
{
    m_story = story;
    m_icon->setShape(shapeFor(story.state));
    m_icon->setAccessibleName(proofWord(story.state));
    m_headline->setText(story.headline);
    m_disagreement->setText(story.disagreement);
    m_disagreement->setVisible(!story.disagreement.isEmpty());
    m_picture->setStory(story);
    m_details->setStory(story);
    m_verdict->show();
    refreshSelectors();
    useProof(story);
}

void MessagePage::useProof(const MessageStory &story)
{
    const ProjectState &project = session().project();
    const DeliveryProof proof = proofOf(story, project.delivery.sent, QDateTime::currentDateTimeUtc());
    const bool canKeep = session().isOpen() && !session().isReadOnly();
    const ProofUse use =
        canKeep ? useOf(proof, project.delivery.proof, project.settings.target.domain) : ProofUse::Leave;
    m_doubtful = use == ProofUse::Ask ? std::optional(proof) : std::nullopt;
    m_doubt->parentWidget()->setVisible(m_doubtful.has_value());
    if (use == ProofUse::Keep)
        keepProof(proof);
}

// Only what it proved; of the message nothing.
void MessagePage::keepProof(const DeliveryProof &proof)
{
    Delivery delivery = session().project().delivery;
    delivery.proof = proof;
    session().setDelivery(delivery);
}

void MessagePage::vouchForIt()
{
    DeliveryProof proof = *std::exchange(m_doubtful, std::nullopt);
    proof.isVouched = true;
    keepProof(proof);
    m_doubt->parentWidget()->hide();
    bringUpToDate();
}

void MessagePage::showDetails(bool shown)
{
    m_details->setVisible(shown);
    m_more->setText(shown ? tr("Hide the details") : tr("Show the details"));
}

void MessagePage::useSelectors()
{
    QStringList known = session().project().settings.dkimSelectors;
    known << selectorsFor(session().project().settings.target.domain, *m_story);
    known.removeDuplicates();
    session().setDkimSelectors(known);
    bringUpToDate();
    m_banner->showMessage(Tone::Pass, tr("The project knows these selectors now: %1.").arg(known.join(u", "_s)),
                          tr("The next look at your DKIM keys asks for them by name."));
}

void MessagePage::refreshSelectors()
{
    if (!m_story)
        return;
    const ProjectSettings &settings = session().project().settings;
    const QStringList found = selectorsFor(settings.target.domain, *m_story);
    QStringList fresh = found;
    for (const QString &known : settings.dkimSelectors)
        fresh.removeAll(known);
    m_selectors->setVisible(!found.isEmpty());
    m_selectors->setText(fresh.isEmpty()
                             ? tr("The project knows its DKIM selector already: %1.").arg(found.join(u", "_s))
                             : tr("It was signed with the DKIM selector %1.").arg(fresh.join(u", "_s)));
    m_use->setVisible(!fresh.isEmpty() && !session().isReadOnly());
}

void MessagePage::refresh()
{
    refreshSelectors();
    m_delivery->refresh();
}

void MessagePage::dragEnterEvent(QDragEnterEvent *event)
{
    if (!m_work->isBusy() && !droppedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MessagePage::dropEvent(QDropEvent *event)
{
    if (const QString path = droppedFile(event->mimeData()); !path.isEmpty()) {
        event->acceptProposedAction();
        openFile(path);
    }
}

} // namespace cockpit
