// Which routes the product has and who may call them, typed or read from a file.
#pragma once

#include "models/projectstate.h"
#include "models/result.h"
#include "ui/widgets/card.h"

class QComboBox;
class QLineEdit;
class QPushButton;
class QTableView;

namespace cockpit {

class RouteFilter;
class RouteModel;

class RoutesCard : public Card
{
    Q_OBJECT

public:
    explicit RoutesCard(QWidget *parent = nullptr);

    void setRoutes(const std::vector<Route> &routes, const Target &target);
    // How many the last look found that are not in the list.
    void setFound(int count);
    void setReadOnly(bool readOnly);
    // Reads the file on a worker; ends in routesRead() or refused().
    void importFrom(const QString &path);
    // Writes the whole list, whatever is shown of it, as a table; ends in exported() or refused().
    void exportTo(const QString &path);
    // Another project is open, or none: what is being read was for the one before.
    void leaveProject();

signals:
    void routesEdited(const std::vector<cockpit::Route> &routes);
    void routesRead(const std::vector<cockpit::Route> &routes);
    void foundWanted(); // what the last look found is to be taken over
    void exported(const QString &path);
    void refused(const QString &why);

private:
    QWidget *makeFilter();
    QWidget *makeActions();
    void addRoute();
    void removeRoute();
    void chooseFile();
    void chooseExport();
    void updateActions();

    RouteModel *m_model;
    RouteFilter *m_filter;
    QTableView *m_table;
    QLineEdit *m_words;
    QComboBox *m_shown;
    QPushButton *m_add;
    QPushButton *m_import;
    quint64 m_reading = 0; // counted: the late answer for an earlier project is nobody's
    QPushButton *m_takeOver;
    QPushButton *m_export;
    QPushButton *m_remove;
    int m_found = 0;
    bool m_readOnly = false;
};

} // namespace cockpit
