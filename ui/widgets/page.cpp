#include "ui/widgets/page.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {
constexpr int kPageMargin = 28;
} // namespace

Page::Page(const QString &id, Session &session, QWidget *parent)
    : QWidget(parent),
      m_id(id),
      m_session(session),
      m_refresher(new Refresher(this, [this] { refresh(); })),
      m_title(new PlainLabel(this)),
      m_subtitle(new PlainLabel(this)),
      m_header(new QHBoxLayout),
      m_content(new QVBoxLayout)
{
    setObjectName(id + "Page"_L1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPageMargin, space::kWide, kPageMargin, space::kWide);
    column->setSpacing(space::kLarge);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    m_title->setObjectName(u"pageTitle"_s);
    m_title->setScale(TextSize::Page, QFont::Bold);
    texts->addWidget(m_title);
    m_subtitle->setObjectName(u"pageSubtitle"_s);
    m_subtitle->setMuted();
    texts->addWidget(m_subtitle);
    m_header->setSpacing(space::kMedium);
    m_header->addLayout(texts, 1);
    column->addLayout(m_header);
    m_content->setSpacing(space::kLarge);
    column->addLayout(m_content, 1);
}

Page::~Page()
{
    for (const QObject *child : findChildren<QObject *>())
        child->disconnect(this);
}

QString Page::title() const
{
    return m_title->text();
}

bool Page::select(const QString &findingId)
{
    bringUpToDate();
    return selectFinding(findingId);
}

bool Page::selectFinding(const QString &)
{
    return false;
}

void Page::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

void Page::setSubtitle(const QString &subtitle)
{
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
}

void Page::addHeaderWidget(QWidget *widget)
{
    m_header->addWidget(widget, 0, Qt::AlignVCenter);
}

namespace pages {

QString stage(int number)
{
    return u"stage-%1"_s.arg(number);
}

} // namespace pages

} // namespace cockpit
