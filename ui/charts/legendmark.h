// The short line beside a legend's word; it comes and goes with that word.
#pragma once

#include "ui/theme/tokens.h"

#include <QWidget>

namespace cockpit {

class LegendMark : public QWidget
{
    Q_OBJECT

public:
    LegendMark(Tone tone, QWidget *word);

    QSize sizeHint() const override { return {14, 14}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone;
};

} // namespace cockpit
