// Which routes the product has and who may call them, typed or read from a file.
#pragma once

#include "models/projectstate.h"
#include "models/result.h"
#include "ui/widgets/card.h"

#include <QThreadPool>

class QPushButton;
class QTableView;

namespace cockpit {

class RouteModel;

class RoutesCard : public Card
{
    Q_OBJECT

public:
    explicit RoutesCard(QWidget *parent = nullptr);
    ~RoutesCard() override; // waits for a file that is being read

    void setRoutes(const std::vector<Route> &routes);
    void setReadOnly(bool readOnly);
    // Reads the file on a worker; ends in routesRead() or refused().
    void importFrom(const QString &path);
    // Another project is open, or none: what is being read was for the one before.
    void leaveProject();

signals:
    void routesEdited(const std::vector<cockpit::Route> &routes);
    void routesRead(const std::vector<cockpit::Route> &routes);
    void refused(const QString &why);

private:
    QWidget *makeActions();
    void addRoute();
    void chooseFile();

    RouteModel *m_model;
    QTableView *m_table;
    QPushButton *m_add;
    QPushButton *m_import;
    QThreadPool m_pool;
    quint64 m_reading = 0; // counted: the late answer for an earlier project is nobody's
    QPushButton *m_remove;
};

} // namespace cockpit
