#include "ui/access/proofstep.h"

#include "ui/access/tonedtext.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/codebox.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

// Where the file is asked for first: the product itself.
QString siteOf(const Target &target)
{
    for (const HostRole role : {HostRole::Site, HostRole::App, HostRole::Api}) {
        const auto host = std::ranges::find(target.hosts, role, &Host::role);
        if (host != target.hosts.end())
            return host->name;
    }
    return target.domain;
}

PlainLabel *makeName()
{
    auto *label = new PlainLabel;
    label->setScale(TextSize::Small, QFont::DemiBold);
    label->setMuted();
    return label;
}

} // namespace

ProofStep::ProofStep(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_method(new QComboBox),
      m_whereName(makeName()),
      m_where(new CodeBox),
      m_whatName(makeName()),
      m_what(new CodeBox),
      m_check(makePrimaryButton(tr("Check now"), u"checkProof"_s)),
      m_answer(new PlainLabel)
{
    build();
    showMethod();
    connect(m_method, &QComboBox::currentIndexChanged, this, &ProofStep::showMethod);
    connect(m_check, &QPushButton::clicked, this, &ProofStep::look);
}

void ProofStep::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    m_method->addItem(tr("A DNS record (TXT)"), static_cast<int>(ControlMethod::TxtRecord));
    m_method->addItem(tr("A file on the website"), static_cast<int>(ControlMethod::WellKnownFile));
    addField(column, tr("How you show it"), m_method, u"proofMethod"_s);
    m_where->setObjectName(u"proofWhere"_s);
    m_what->setObjectName(u"proofWhat"_s);
    column->addWidget(m_whereName);
    column->addWidget(m_where);
    column->addWidget(m_whatName);
    column->addWidget(m_what);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kMedium);
    m_answer->setObjectName(u"proofAnswer"_s);
    row->addWidget(m_check, 0, Qt::AlignTop);
    row->addWidget(m_answer, 1);
    column->addLayout(row);
}

ControlMethod ProofStep::method() const
{
    return static_cast<ControlMethod>(m_method->currentData().toInt());
}

void ProofStep::showMethod()
{
    const Target &target = m_session.project().settings.target;
    const QString value = txtRecordValue(m_session.controlToken());
    const bool isRecord = method() == ControlMethod::TxtRecord;
    m_whereName->setText(isRecord ? tr("Name of the record") : tr("Address of the file"));
    m_where->setCode(isRecord ? txtRecordName(target.domain) : u"https://"_s + siteOf(target) + wellKnownPath(),
                     isRecord ? tr("Copy name") : tr("Copy address"));
    m_whatName->setText(isRecord ? tr("Its text") : tr("What stands in it"));
    m_what->setCode(value, isRecord ? tr("Copy text") : tr("Copy content"));
    say(m_answer, {},
        isRecord ? tr("Add it where your DNS is kept. It may take some minutes until it can be seen.")
                 : tr("Put it on your website as a text file. It must answer over HTTPS; a redirect may only "
                      "lead within your own site."));
}

void ProofStep::look()
{
    m_check->setEnabled(false);
    m_method->setEnabled(false);
    say(m_answer, {},
        method() == ControlMethod::TxtRecord ? tr("The name servers of the domain are asked…")
                                             : tr("The website is asked…"));
    m_session.proveControl(method(), this, [this](const Result<ControlLook> &look) { take(look); });
}

void ProofStep::take(const Result<ControlLook> &look)
{
    m_check->setEnabled(true);
    m_method->setEnabled(true);
    if (!look)
        say(m_answer, u"fail"_s, look.error().message);
    else
        say(m_answer, look->isProven ? u"pass"_s : u"warn"_s, look->what);
    if (look && look->isProven)
        emit proven();
}

} // namespace cockpit
