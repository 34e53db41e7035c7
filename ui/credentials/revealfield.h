// Shows a secret for ten seconds. It is painted, not put into a label: a label's text is its accessible name, and would
// reach screen readers, screenshots of the widget tree and tests.
#pragma once

#include "models/secret.h"

#include <QTimer>
#include <QWidget>

namespace cockpit {

class RevealField : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds kShownFor{10};

    explicit RevealField(QWidget *parent = nullptr);

    void show(const QString &name, const Secret &value);
    bool isRevealing() const { return !m_value.isEmpty(); }

    QSize sizeHint() const override;

public slots:
    void conceal();

signals:
    void concealed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    Secret m_value;
    QString m_name;
    QTimer m_timer;
};

} // namespace cockpit
