// A state as a shape: circle pass, triangle warn, octagon fail, dashed circle not run, arc running. Never colour alone.
#pragma once

#include "models/itemstate.h"
#include "models/verdict.h"
#include "models/vocabulary.h"
#include "ui/theme/tokens.h"

#include <QWidget>

#include <optional>

class QPainter;

namespace cockpit {

enum class StateShape { Pass, Warn, Fail, NotRun, Running, Answered };

// Which shape and tone stand for a word of the models. Looks only: nothing is judged here.
StateShape shapeFor(Outcome outcome);
StateShape shapeFor(Severity severity); // of an open finding
StateShape shapeFor(ItemState state);
Tone toneFor(Severity severity);
Tone toneFor(VerdictDecision decision);
Tone toneFor(const Verdict &verdict); // Neutral while nothing was looked at
Tone toneFor(StateShape shape);
// The word beside the shape, for screen readers.
QString labelOf(StateShape shape);

// Paints into the largest square centred in rect. progress (0 to 1) matters for Running alone.
void paintState(QPainter &painter, const QRectF &rect, StateShape shape, const Tokens &tokens, qreal progress = 0.3);

class StateIcon : public QWidget
{
    Q_OBJECT

public:
    explicit StateIcon(StateShape shape = StateShape::NotRun, QWidget *parent = nullptr);

    void setShape(StateShape shape);
    StateShape shape() const { return m_shape; }
    void setExtent(int pixels); // default 22

    QSize sizeHint() const override { return {m_extent, m_extent}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateShape m_shape;
    int m_extent = 22;
};

} // namespace cockpit
