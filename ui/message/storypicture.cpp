#include "ui/message/storypicture.h"

#include "ui/message/storywords.h"
#include "ui/widgets/labels.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kArrowLength = 22;
constexpr int kLettersOfStation = 15; // what a station needs to be read side by side with four others

// Points to where the way goes on: down, or to the side where reading goes on.
class WayArrow : public QWidget
{
public:
    explicit WayArrow(QWidget *parent) : QWidget(parent) { setFixedSize(kArrowLength, kArrowLength); }

    void setDown(bool down)
    {
        m_isDown = down;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(tokensFor(palette()).muted, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.translate(QRectF(rect()).center());
        if (m_isDown)
            painter.rotate(90);
        else if (layoutDirection() == Qt::RightToLeft)
            painter.rotate(180);
        const qreal reach = kArrowLength * 0.36;
        painter.drawLine(QPointF(-reach, 0), QPointF(reach, 0));
        painter.drawPolyline(QPolygonF{{reach / 3, -reach / 2}, {reach, 0}, {reach / 3, reach / 2}});
    }

private:
    bool m_isDown = false;
};

QString dkimNote(const SignatureStory *signature)
{
    if (!signature)
        return StoryPicture::tr("It is not signed.");
    if (signature->domain.isEmpty())
        return StoryPicture::tr("Its signature cannot be read.");
    return StoryPicture::tr("signed by %1").arg(signature->domain);
}

QString spfNote(const SpfStory &spf)
{
    if (spf.domain.isEmpty())
        return StoryPicture::tr("The envelope's sender is not known.");
    return spf.address.isEmpty() ? StoryPicture::tr("%1, from a server that is not known").arg(spf.domain)
                                 : StoryPicture::tr("%1, from %2").arg(spf.domain, spf.address);
}

} // namespace

StateShape shapeFor(ProofState state)
{
    switch (state) {
    case ProofState::Pass:
        return StateShape::Pass;
    case ProofState::Fail:
        return StateShape::Fail;
    case ProofState::Missing:
        return StateShape::Warn;
    case ProofState::Unknown:
        return StateShape::NotRun;
    }
    Q_UNREACHABLE();
}

Station::Station(const QString &objectName, QWidget *parent)
    : QWidget(parent),
      m_icon(new StateIcon(StateShape::NotRun, this)),
      m_title(new PlainLabel(this)),
      m_word(new PlainLabel(this)),
      m_note(new PlainLabel(this))
{
    setObjectName(objectName);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::kMedium, space::kMedium, space::kMedium, space::kMedium);
    column->setSpacing(space::kTiny);
    auto *top = new QHBoxLayout;
    top->setSpacing(space::kSmall);
    top->addWidget(m_icon, 0, Qt::AlignTop);
    top->addWidget(m_title, 1);
    m_title->setScale(TextSize::Body, QFont::DemiBold);
    m_note->setMuted().setScale(TextSize::Small);
    column->addLayout(top);
    column->addWidget(m_word);
    column->addWidget(m_note);
    column->addStretch();
}

void Station::describe(const QString &title, const QString &word, const QString &note, std::optional<StateShape> shape)
{
    m_title->setText(title);
    m_word->setText(word);
    m_word->setVisible(!word.isEmpty());
    // A domain has no blanks: it may be broken behind each of its dots.
    QString broken = note;
    broken.replace(u'.', QString(QChar(u'.')) + QChar(0x200B)).replace(u'@', QString(QChar(u'@')) + QChar(0x200B));
    m_note->setText(broken);
    m_note->setAccessibleName(note);
    m_icon->setVisible(shape.has_value());
    if (shape) {
        m_icon->setShape(*shape);
        m_icon->setAccessibleName(word);
    }
    setAccessibleName(title);
    setAccessibleDescription(word.isEmpty() ? note : tr("%1. %2").arg(word, note));
}

void Station::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.line);
    painter.setBrush(tokens.window);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kControlRadius, kControlRadius);
}

StoryPicture::StoryPicture(QWidget *parent)
    : QWidget(parent),
      m_row(new QBoxLayout(QBoxLayout::LeftToRight, this)),
      m_sender(new Station(u"stationSender"_s, this)),
      m_spf(new Station(u"stationSpf"_s, this)),
      m_dkim(new Station(u"stationDkim"_s, this)),
      m_dmarc(new Station(u"stationDmarc"_s, this)),
      m_receiver(new Station(u"stationReceiver"_s, this))
{
    setObjectName(u"storyPicture"_s);
    setAccessibleName(tr("The way of the message"));
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(space::kTiny);
    for (Station *station : {m_sender, m_spf, m_dkim, m_dmarc, m_receiver}) {
        if (station != m_sender) {
            m_arrows.push_back(new WayArrow(this));
            m_row->addWidget(m_arrows.back(), 0, Qt::AlignCenter);
        }
        m_row->addWidget(station, 1);
    }
}

void StoryPicture::setStory(const MessageStory &story)
{
    const SignatureStory *signature = decidingSignature(story);
    const ProofState dkim = signature ? signature->state : ProofState::Missing;
    m_sender->describe(tr("From"), {}, story.author.isEmpty() ? tr("nobody") : story.author, {});
    m_spf->describe(tr("SPF"), proofWord(story.spf.state), spfNote(story.spf), shapeFor(story.spf.state));
    m_dkim->describe(tr("DKIM"), proofWord(dkim), dkimNote(signature), shapeFor(dkim));
    m_dmarc->describe(tr("DMARC"), proofWord(story.state), story.dmarc.sentence, shapeFor(story.state));
    m_receiver->describe(tr("Receiver"), receiverWord(story.state), receiverNote(story), {});
    arrange();
}

void StoryPicture::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void StoryPicture::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange)
        arrange();
}

void StoryPicture::arrange()
{
    const int letters = kLettersOfStation * fontMetrics().averageCharWidth() + 2 * space::kMedium;
    const bool fits = width() >= 5 * letters + 4 * (kArrowLength + 2 * space::kTiny);
    m_row->setDirection(fits ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    for (QWidget *arrow : m_arrows)
        static_cast<WayArrow *>(arrow)->setDown(!fits);
}

} // namespace cockpit
