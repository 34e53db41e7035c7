// The story of one message in full: each proof with its reason, what the header claims, what is odd, and the two facts
// that a person may know better.
#pragma once

#include "models/messagestory.h"
#include "ui/widgets/card.h"

class QLineEdit;
class QPushButton;

namespace cockpit {

class StoryDetails : public Card
{
    Q_OBJECT

public:
    explicit StoryDetails(QWidget *parent = nullptr);

    void setStory(const MessageStory &story);
    void setBusy(bool busy);

signals:
    void corrected(const QString &clientAddress, const QString &envelopeSender);

private:
    void addRow(const QString &title, ProofState state, const QStringList &notes);
    void addRows(const MessageStory &story);
    QWidget *createCorrections();

    QWidget *m_rows = nullptr;
    QVBoxLayout *m_list;
    QLineEdit *m_address;
    QLineEdit *m_sender;
    QPushButton *m_again;
};

} // namespace cockpit
