#include "ui/stage/runstrip.h"

#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QProgressBar>

using namespace Qt::StringLiterals;

namespace cockpit {

RunStrip::RunStrip(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_bar(new QProgressBar),
      m_words(new PlainLabel),
      m_stop(makeSecondaryButton(tr("Stop"), u"stopRun"_s))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kMedium);
    m_bar->setObjectName(u"runProgress"_s);
    m_bar->setAccessibleName(tr("Progress of the checks"));
    m_bar->setTextVisible(false);
    m_words->setObjectName(u"runWords"_s);
    m_words->setWordWrap(false);
    m_words->setMuted();
    row->addWidget(m_bar, 1, Qt::AlignVCenter);
    row->addWidget(m_words);
    row->addWidget(m_stop);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_stop->setEnabled(false);
        m_stop->setText(tr("Stopping…"));
        m_session.stopRun();
    });
    hide();
}

void RunStrip::refresh()
{
    const bool running = m_session.isRunning();
    setVisible(running);
    if (!running) {
        m_stop->setEnabled(true);
        m_stop->setText(tr("Stop"));
        return;
    }
    const Progress &progress = m_session.progress();
    m_bar->setRange(0, std::max(1, progress.total));
    m_bar->setValue(progress.done);
    m_words->setText(tr("%1 of %2 checks · %3 s")
                         .arg(locale().toString(progress.done), locale().toString(progress.total),
                              locale().toString(qint64(progress.elapsed.count() / 1000))));
}

} // namespace cockpit
