// The question that only a person can answer about a secret in the code: who could read it, now or once.
#pragma once

#include "models/codeaudience.h"

#include <QWidget>

class QComboBox;

namespace cockpit {

class AudienceRow : public QWidget
{
    Q_OBJECT

public:
    explicit AudienceRow(QWidget *parent = nullptr);

    void setAudience(CodeAudience audience);
    void setReadOnly(bool readOnly);

signals:
    void chosen(cockpit::CodeAudience audience);

private:
    QComboBox *m_box;
};

} // namespace cockpit
