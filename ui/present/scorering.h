#pragma once

#include "ui/theme/tokens.h"

#include <QWidget>

namespace cockpit {

// The score as a ring and a number.
class ScoreRing : public QWidget
{
    Q_OBJECT

public:
    explicit ScoreRing(QWidget *parent = nullptr);

    void setScore(int score, Tone tone);
    void setNumberShown(bool shown);

    QSize sizeHint() const override { return {214, 214}; }
    QSize minimumSizeHint() const override { return {140, 140}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_score = 0;
    Tone m_tone = Tone::Neutral;
    bool m_numberShown = true;
};

} // namespace cockpit
