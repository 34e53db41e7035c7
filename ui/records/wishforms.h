// What somebody wants of a record, one form for each kind. A form only collects: what becomes of it is the generator's.
// setToday() fills in what nobody has chosen yet; what a person chose stays until forget().
#pragma once

#include "models/recordwish.h"
#include "ui/widgets/card.h"

#include <map>
#include <set>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace cockpit {

class SpfForm : public Card
{
    Q_OBJECT

public:
    explicit SpfForm(QWidget *parent = nullptr);

    void setToday(const RecordsToday &today);
    void forget();
    SpfWish wish() const;

signals:
    void changed();

private:
    void addService();
    void addBox(const QString &domain);

    QVBoxLayout *m_boxes;
    QComboBox *m_services;
    QComboBox *m_ending;
    std::map<QString, QCheckBox *> m_allowed; // by domain
    std::map<QString, bool> m_chosen;         // what a person ticked or unticked, by domain
    QStringList m_published;
};

class DkimForm : public Card
{
    Q_OBJECT

public:
    explicit DkimForm(QWidget *parent = nullptr);

    void forget();
    DkimWish wish() const;

signals:
    void changed();

private:
    QLineEdit *m_selector;
    QPlainTextEdit *m_pasted;
};

class DmarcForm : public Card
{
    Q_OBJECT

public:
    explicit DmarcForm(QWidget *parent = nullptr);

    void setToday(const RecordsToday &today);
    void forget(); // the next setToday() fills in everything
    void choose(DmarcPolicy policy, bool isTest);
    DmarcWish wish() const;

signals:
    void changed();

private:
    void touch(const QWidget *field);
    bool isUntouched(const QWidget *field) const { return !m_touched.contains(field); }

    QComboBox *m_policy;
    QCheckBox *m_test;
    QCheckBox *m_madeUp;
    QLineEdit *m_reports;
    std::set<const QWidget *> m_touched;
};

} // namespace cockpit
