// Every request that an active check sent, with the table as a file.
#pragma once

#include "models/access/requestlog.h"
#include "models/result.h"

#include <QDialog>

class QPushButton;

namespace cockpit {

class PlainLabel;
class RequestLogModel;
class Session;

class RequestLogDialog : public QDialog
{
    Q_OBJECT

public:
    explicit RequestLogDialog(Session &session, QWidget *parent = nullptr);

    void exportTo(const QString &path);

private:
    void build();
    void chooseExport();
    void load();
    void take(const Result<std::vector<LoggedRequest>> &requests);
    void showCount();

    Session &m_session;
    RequestLogModel *m_model;
    PlainLabel *m_count;
    PlainLabel *m_answer;
    QPushButton *m_export;
    int m_loading = 0; // answers that are to come
};

} // namespace cockpit
