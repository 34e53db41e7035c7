// One step of the rail: a marker, a name, and one line about its state.
#pragma once

#include "models/itemstate.h"

#include <QAbstractButton>

namespace cockpit {

enum class RailGlyph {
    Number,
    Gate,
    Risks,
    Plan,
    Later,
    Access,
    Surface,
    Records,
    Secrets,
    Message,
    Monitoring,
    Handover,
    Document
};

class RailButton : public QAbstractButton
{
    Q_OBJECT

public:
    RailButton(RailGlyph glyph, const QString &title, QWidget *parent = nullptr);

    void setNumber(int number);
    void setNote(const QString &note);
    QString note() const { return m_note; }
    void setState(StageState state);
    StageState state() const { return m_state; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    void describe();
    int heightWithPadding(int padding) const;

    RailGlyph m_glyph;
    int m_number = 0;
    QString m_note;
    StageState m_state = StageState::NotStarted;
};

} // namespace cockpit
