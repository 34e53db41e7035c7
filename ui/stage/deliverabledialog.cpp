#include "ui/stage/deliverabledialog.h"

#include "checks/engine/guarded.h"
#include "ui/session.h"
#include "ui/stage/blockwidgets.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/codebox.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/whendone.h"

#include <QFuture>
#include <QHBoxLayout>
#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {
constexpr QSize kUsualSize(760, 620);
}

DeliverableDialog::DeliverableDialog(const Item &item, Session &session, QWidget *parent)
    : QDialog(parent), m_copy(makeSecondaryButton(tr("Copy as text"), u"copyDocument"_s))
{
    setObjectName(u"deliverableDialog"_s);
    setWindowTitle(item.text);
    QVBoxLayout *column = makeDialogColumn(this, item.text,
                                           tr("Made from what is known now. It is part of the "
                                              "handover pack."));
    m_body = addScrollColumn(column, this);
    m_body->setSpacing(space::kSmall);
    auto *row = new QHBoxLayout;
    QPushButton *close = makePrimaryButton(tr("Close"), u"closeDocument"_s);
    close->setDefault(true);
    row->addWidget(m_copy);
    row->addStretch(1);
    row->addWidget(close);
    column->addLayout(row);
    m_copy->setEnabled(false);
    connect(m_copy, &QPushButton::clicked, this, [this] { copyWithNotice(m_copy, plainText()); });
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    resize(kUsualSize);
    session.collectHandover(this, [this, item](const Result<HandoverInput> &input) {
        if (!input) {
            showProblem(input.error());
            return;
        }
        const auto make = [item, known = *input] {
            return guarded([&]() -> Result<DeliverableDocument> { return makeDeliverable(item, known); });
        };
        whenDone(QtConcurrent::run(make), this, [this](const Result<DeliverableDocument> &made) {
            if (made)
                showDocument(*made);
            else
                showProblem(made.error());
        });
    });
}

QWidget *DeliverableDialog::makeMissing() const
{
    auto *label = new PlainLabel(tr("Still missing:") + u'\n' + m_document.missing.join(u'\n'));
    label->setObjectName(u"missing"_s);
    label->setProperty("tone", u"warn"_s);
    return label;
}

void DeliverableDialog::showProblem(const Error &error)
{
    auto *label = new PlainLabel(error.message);
    label->setProperty("tone", u"fail"_s);
    m_body->addWidget(label);
    m_body->addStretch(1);
}

void DeliverableDialog::showDocument(const DeliverableDocument &document)
{
    m_document = document;
    if (!document.missing.isEmpty())
        m_body->addWidget(makeMissing());
    for (const Block &block : document.blocks)
        m_body->addWidget(makeBlockWidget(block));
    m_body->addStretch(1);
    m_copy->setEnabled(true);
    emit shown();
}

QString DeliverableDialog::plainText() const
{
    QStringList parts{m_document.title};
    for (const Block &block : m_document.blocks)
        parts << plainTextOf(block);
    if (!m_document.missing.isEmpty())
        parts << tr("Still missing:") + u'\n' + m_document.missing.join(u'\n');
    return parts.join(u"\n\n"_s);
}

} // namespace cockpit
