#include "ui/sources/audiencerow.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

AudienceRow::AudienceRow(QWidget *parent) : QWidget(parent), m_box(new QComboBox)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    auto *question = new PlainLabel(
        tr("Who can read your code? What strangers could read, for a minute or years ago, counts as taken."));
    question->setBuddy(m_box);
    column->addWidget(question);
    for (const CodeAudience audience : {CodeAudience::NotSaid, CodeAudience::Team, CodeAudience::Public})
        m_box->addItem(labelOf(audience), static_cast<int>(audience));
    m_box->setObjectName(u"codeAudience"_s);
    m_box->setAccessibleName(codeAudienceTopic());
    m_box->setAccessibleDescription(question->text());
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    column->addWidget(m_box);
    connect(m_box, &QComboBox::activated, this,
            [this] { emit chosen(static_cast<CodeAudience>(m_box->currentData().toInt())); });
}

void AudienceRow::setAudience(CodeAudience audience)
{
    m_box->setCurrentIndex(m_box->findData(static_cast<int>(audience)));
}

void AudienceRow::setReadOnly(bool readOnly)
{
    m_box->setEnabled(!readOnly);
}

} // namespace cockpit
