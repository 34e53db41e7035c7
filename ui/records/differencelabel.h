// Two records as one line: what goes is struck through, what comes is underlined, and both are said in words to those
// who cannot see that.
#pragma once

#include "models/recorddraft.h"

#include <QLabel>

namespace cockpit {

class DifferenceLabel : public QLabel
{
    Q_OBJECT

public:
    explicit DifferenceLabel(QWidget *parent = nullptr);

    void setDifference(const std::vector<DiffWord> &words);

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintWords();

    std::vector<DiffWord> m_words;
};

} // namespace cockpit
