// Which addresses belong to the project, and where its mail keys are.
#pragma once

#include "models/projectstate.h"
#include "ui/widgets/card.h"

class QLineEdit;
class QPushButton;
class QTableView;

namespace cockpit {

class HostModel;
class PlainLabel;

class HostsCard : public Card
{
    Q_OBJECT

public:
    explicit HostsCard(QWidget *parent = nullptr);

    void setSettings(const ProjectSettings &settings);
    void setReadOnly(bool readOnly);

signals:
    void targetEdited(const cockpit::Target &target);
    void selectorsEdited(const QStringList &selectors);
    void refused(const QString &why);

private:
    QWidget *makeHostRow();
    void addHost();
    void readSelectors();

    HostModel *m_model;
    PlainLabel *m_about;
    QTableView *m_table;
    QLineEdit *m_name;
    QPushButton *m_add;
    QPushButton *m_remove;
    QLineEdit *m_selectors;
};

} // namespace cockpit
