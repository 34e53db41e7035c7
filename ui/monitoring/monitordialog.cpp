#include "ui/monitoring/monitordialog.h"

#include "ui/monitoring/monitorproposals.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QUrl>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr std::array<std::chrono::seconds, 5> kIntervals{std::chrono::minutes(1), std::chrono::minutes(5),
                                                         std::chrono::minutes(15), std::chrono::hours(1),
                                                         std::chrono::hours(12)};

QString intervalText(std::chrono::seconds interval)
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(interval).count();
    return minutes < 60 ? MonitorDialog::tr("Every %n minute(s)", nullptr, int(minutes))
                        : MonitorDialog::tr("Every %n hour(s)", nullptr, int(minutes / 60));
}

} // namespace

QString whatIsMissing(const Monitor &monitor)
{
    if (monitor.name.trimmed().isEmpty())
        return MonitorDialog::tr("Give it a name that the alert can say, such as “Sign-in page”.");
    const QUrl url(monitor.url, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "https"_L1 && url.scheme() != "http"_L1))
        return MonitorDialog::tr("Type the whole address, starting with https://.");
    if (!url.userInfo().isEmpty())
        return MonitorDialog::tr("Leave user name and password out of the address: it is saved in the project file.");
    if (monitor.kind == MonitorKind::Certificate && url.scheme() != "https"_L1)
        return MonitorDialog::tr("Only an address that starts with https:// has a certificate.");
    return {};
}

MonitorDialog::MonitorDialog(const Monitor &monitor, QWidget *parent)
    : QDialog(parent),
      m_monitor(monitor),
      m_name(new QLineEdit(this)),
      m_address(new QLineEdit(this)),
      m_kind(new QComboBox(this)),
      m_interval(new QComboBox(this)),
      m_enabled(new QCheckBox(tr("Watch it now"), this)),
      m_missing(new PlainLabel(this)),
      m_save(makePrimaryButton(tr("Save"), u"saveMonitor"_s, this))
{
    setWindowTitle(monitor.name.isEmpty() ? tr("Watch something new") : tr("Change %1").arg(monitor.name));
    build();
    fill(monitor);
    validate();
}

void MonitorDialog::build()
{
    m_name->setObjectName(u"monitorName"_s);
    m_address->setObjectName(u"monitorAddress"_s);
    m_address->setPlaceholderText(u"https://app.example.com/health"_s);
    m_address->setMinimumWidth(fontMetrics().averageCharWidth() * 44);
    m_kind->setObjectName(u"monitorKind"_s);
    m_interval->setObjectName(u"monitorInterval"_s);
    m_enabled->setObjectName(u"monitorEnabled"_s);
    m_missing->setMuted();
    m_missing->setObjectName(u"monitorMissing"_s);
    auto *form = new QFormLayout;
    form->setSpacing(space::kMedium);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Address"), m_address);
    form->addRow(tr("&What to watch"), m_kind);
    form->addRow(tr("&How often"), m_interval);
    form->addRow(QString(), m_enabled);
    auto *cancel = makeSecondaryButton(tr("Cancel"), u"cancelMonitor"_s, this);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_missing, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kWide);
    column->setSpacing(space::kWide);
    column->addLayout(form);
    column->addLayout(buttons);
    m_save->setDefault(true);
    connect(m_save, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &MonitorDialog::validate);
    connect(m_address, &QLineEdit::textChanged, this, &MonitorDialog::validate);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &MonitorDialog::validate);
}

void MonitorDialog::fill(const Monitor &monitor)
{
    m_name->setText(monitor.name);
    m_address->setText(monitor.url);
    for (const MonitorKind kind : {MonitorKind::Uptime, MonitorKind::Latency, MonitorKind::Certificate}) {
        m_kind->addItem(labelOf(kind), static_cast<int>(kind));
        if (kind == monitor.kind)
            m_kind->setCurrentIndex(m_kind->count() - 1);
    }
    for (const std::chrono::seconds interval : kIntervals)
        m_interval->addItem(intervalText(interval), static_cast<int>(interval.count()));
    if (m_interval->findData(static_cast<int>(monitor.interval.count())) < 0) // from a file: keep what it says
        m_interval->addItem(tr("Every %n second(s)", nullptr, static_cast<int>(monitor.interval.count())),
                            static_cast<int>(monitor.interval.count()));
    m_interval->setCurrentIndex(m_interval->findData(static_cast<int>(monitor.interval.count())));
    m_enabled->setChecked(monitor.enabled);
}

Monitor MonitorDialog::monitor() const
{
    Monitor monitor = m_monitor;
    monitor.name = m_name->text().trimmed();
    monitor.url = m_address->text().trimmed();
    monitor.kind = static_cast<MonitorKind>(m_kind->currentData().toInt());
    monitor.interval = std::chrono::seconds(m_interval->currentData().toInt());
    monitor.enabled = m_enabled->isChecked();
    return monitor;
}

void MonitorDialog::validate()
{
    const QString missing = whatIsMissing(monitor());
    m_missing->setText(missing);
    m_save->setEnabled(missing.isEmpty());
}

} // namespace cockpit
