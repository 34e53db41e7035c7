#include "ui/message/storydetails.h"

#include "ui/message/storypicture.h"
#include "ui/message/storywords.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/statusrow.h"

#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

QString dmarcTitle(const DmarcStory &dmarc, const QString &standard)
{
    return dmarc.foundAt.isEmpty() ? StoryDetails::tr("DMARC by %1").arg(standard)
                                   : StoryDetails::tr("DMARC by %1, record at %2").arg(standard, dmarc.foundAt);
}

QStringList spfNotes(const MessageStory &story)
{
    QStringList notes{story.spf.sentence};
    if (!story.spf.address.isEmpty())
        notes << sourceSentence(story.spf);
    if (!story.spf.domain.isEmpty())
        notes << alignmentSentence(story.spf.alignment, story.authorDomain);
    return notes;
}

QStringList dmarcNotes(const DmarcStory &dmarc)
{
    QStringList notes{dmarc.sentence};
    if (!dmarc.organizationalDomain.isEmpty())
        notes << StoryDetails::tr("The organisation behind the author is %1.").arg(dmarc.organizationalDomain);
    return notes;
}

QVBoxLayout *plainColumn(QWidget *holder)
{
    auto *column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}

} // namespace

StoryDetails::StoryDetails(QWidget *parent)
    : Card(parent),
      m_list(new QVBoxLayout),
      m_address(new QLineEdit),
      m_sender(new QLineEdit),
      m_again(makeSecondaryButton(tr("Read it again with this"), u"readAgain"_s))
{
    setObjectName(u"storyDetails"_s);
    column()->addLayout(m_list);
    column()->addWidget(createCorrections());
    connect(m_again, &QPushButton::clicked, this, [this] { emit corrected(m_address->text(), m_sender->text()); });
}

QWidget *StoryDetails::createCorrections()
{
    auto *holder = new QWidget;
    QVBoxLayout *fields = plainColumn(holder);
    fields->setSpacing(space::kSmall);
    fields->addWidget(&(new PlainLabel(tr("What the header only claims you may know better.")))->setMuted());
    addField(fields, tr("Address of the server that handed it over"), m_address, u"clientAddress"_s);
    m_address->setPlaceholderText(tr("For example 192.0.2.25"));
    addField(fields, tr("Sender on the envelope (Return-Path)"), m_sender, u"envelopeSender"_s);
    m_sender->setPlaceholderText(tr("For example bounce@yourproduct.com"));
    fields->addWidget(m_again, 0, Qt::AlignLeading);
    return holder;
}

void StoryDetails::setBusy(bool busy)
{
    m_again->setEnabled(!busy);
}

void StoryDetails::addRow(const QString &title, ProofState state, const QStringList &notes)
{
    QStringList shown = notes;
    shown.removeAll(QString());
    auto *row = new StatusRow(title, shown.join(u'\n'), m_rows);
    row->setState(shapeFor(state), proofWord(state));
    m_rows->layout()->addWidget(row);
}

void StoryDetails::addRows(const MessageStory &story)
{
    addRow(story.spf.domain.isEmpty() ? tr("SPF") : tr("SPF of %1").arg(story.spf.domain), story.spf.state,
           spfNotes(story));
    for (const SignatureStory &signature : story.signatures) {
        QStringList notes{signature.sentence};
        if (!signature.domain.isEmpty())
            notes << alignmentSentence(signature.alignment, story.authorDomain);
        addRow(signatureTitle(signature), signature.state, notes);
    }
    if (story.signatures.empty())
        addRow(tr("DKIM"), ProofState::Missing, {tr("The message carries no DKIM signature.")});
    if (story.arc.state != ProofState::Missing)
        addRow(arcTitle(story.arc), story.arc.state, {story.arc.sentence});
    addRow(dmarcTitle(story.dmarc, tr("the rules of 2026 (RFC 9989)")), story.dmarc.state, dmarcNotes(story.dmarc));
    addRow(dmarcTitle(story.oldDmarc, tr("the older rules (RFC 7489)")), story.oldDmarc.state,
           dmarcNotes(story.oldDmarc));
}

void StoryDetails::setStory(const MessageStory &story)
{
    if (m_rows) {
        m_rows->hide(); // gone from the screen before the new ones come
        m_rows->deleteLater();
    }
    m_rows = new QWidget(this);
    plainColumn(m_rows);
    m_list->addWidget(m_rows);
    addRows(story);
    for (const QString &text : story.claims + story.remarks) {
        auto *label = new PlainLabel(text, m_rows);
        label->setContentsMargins(space::kLarge, space::kSmall, space::kLarge, 0);
        m_rows->layout()->addWidget(&label->setMuted());
    }
    m_address->setText(story.spf.address);
    m_sender->setText(story.spf.envelopeSender);
}

} // namespace cockpit
