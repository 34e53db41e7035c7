#include "ui/access/requestlogdialog.h"

#include "models/access/letters.h"
#include "ui/access/requestlogmodel.h"
#include "ui/access/tonedtext.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/columnfit.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tablefile.h"
#include "ui/widgets/tables.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {
constexpr int kRowsShown = 9;
} // namespace

RequestLogDialog::RequestLogDialog(Session &session, QWidget *parent)
    : QDialog(parent),
      m_session(session),
      m_model(new RequestLogModel(this)),
      m_count(new PlainLabel),
      m_answer(new PlainLabel),
      m_export(makeSecondaryButton(tr("Export table…"), u"exportRequests"_s))
{
    setObjectName(u"requestLogDialog"_s);
    setWindowTitle(tr("Requests that were sent"));
    build();
    connect(&session, &Session::requestsLogged, this, [this](const std::vector<LoggedRequest> &requests) {
        if (m_loading > 0) // what is being read has them, or not
            load();
        else
            m_model->append(requests);
        showCount();
    });
    for (const auto left : {&Session::projectOpened, &Session::projectClosed})
        connect(&session, left, this, &QDialog::reject);
    load();
    showCount();
}

void RequestLogDialog::build()
{
    QVBoxLayout *column = makeDialogColumn(
        this, windowTitle(),
        tr("For your records and for whoever looks after the product: what was sent, as whom, and what came back. "
           "Passwords, tokens and contents are not in it."));
    setMinimumWidth(fontMetrics().averageCharWidth() * 130);
    QTableView *table = makeTable(m_model, u"requestLog"_s, tr("Requests that were sent, newest first"), nullptr);
    table->setMinimumHeight(table->verticalHeader()->defaultSectionSize() * (kRowsShown + 1));
    std::vector<ColumnKind> kinds(RequestLogModel::ColumnCount, ColumnKind::Firm);
    kinds[RequestLogModel::RequestColumn] = ColumnKind::Elastic;
    kinds[RequestLogModel::CheckColumn] = ColumnKind::Optional;
    new ColumnFit(table, kinds);
    m_count->setObjectName(u"requestCount"_s);
    column->addWidget(&m_count->setMuted());
    column->addWidget(table, 1);
    m_answer->setObjectName(u"exportAnswer"_s);
    m_answer->hide();
    column->addWidget(m_answer);
    auto *row = new QHBoxLayout;
    auto *close = makePrimaryButton(tr("Close"), u"closeLog"_s);
    row->addWidget(m_export);
    row->addStretch(1);
    row->addWidget(close);
    column->addLayout(row);
    connect(m_export, &QPushButton::clicked, this, &RequestLogDialog::chooseExport);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

void RequestLogDialog::load()
{
    ++m_loading;
    m_session.loadRequests(this, [this](const auto &requests) { take(requests); });
}

void RequestLogDialog::take(const Result<std::vector<LoggedRequest>> &requests)
{
    if (--m_loading > 0) // a later answer has more
        return;
    if (!requests) {
        say(m_answer, u"fail"_s, requests.error().message);
        return;
    }
    m_model->setRequests(*requests);
    showCount();
}

void RequestLogDialog::showCount()
{
    const int count = m_model->rowCount();
    LetterTally letters;
    for (int row = 0; row < count; ++row)
        letters.add(m_model->at(row));
    const QString sent =
        count == 0 ? tr("Nothing has been sent yet.") : tr("%n request(s), newest first.", nullptr, count);
    m_count->setText(letters.isEmpty() ? sent : sent + u' ' + letters.sentence());
    m_export->setEnabled(count > 0);
}

void RequestLogDialog::chooseExport()
{
    chooseFileToWrite(this, tr("Export the requests"), tr("Tables (*.csv)"), u"csv"_s,
                      [this](const QString &path) { exportTo(path); });
}

void RequestLogDialog::exportTo(const QString &path)
{
    m_export->setEnabled(false);
    m_session.exportRequests(path, this, [this, path](const Result<void> &written) {
        m_export->setEnabled(m_model->rowCount() > 0);
        if (written)
            say(m_answer, u"pass"_s, tr("The table was written to %1.").arg(path));
        else
            say(m_answer, u"fail"_s, written.error().message);
    });
}

} // namespace cockpit
