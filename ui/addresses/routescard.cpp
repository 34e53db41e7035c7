#include "ui/addresses/routescard.h"

#include "checks/engine/guarded.h"
#include "models/routesfile.h"
#include "ui/addresses/choicedelegate.h"
#include "ui/addresses/routemodel.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/whendone.h"

#include <QFileDialog>
#include <QFuture>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>
#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kRowsShown = 5;

std::vector<Choice> methodChoices()
{
    std::vector<Choice> choices;
    for (const QString &method : routeMethods())
        choices.push_back({method, method});
    return choices;
}

std::vector<Choice> accessChoices()
{
    std::vector<Choice> choices;
    for (const auto access : {AccessClass::Public, AccessClass::SignedIn, AccessClass::Admin})
        choices.push_back({labelOf(access), static_cast<int>(access)});
    return choices;
}

} // namespace

RoutesCard::RoutesCard(QWidget *parent)
    : Card(parent),
      m_model(new RouteModel(this)),
      m_table(makeTable(m_model, u"routes"_s, tr("Routes of the product"), nullptr)),
      m_add(makeSecondaryButton(tr("Add route"), u"addRoute"_s)),
      m_import(makeSecondaryButton(tr("Import a file…"), u"importRoutes"_s)),
      m_remove(makeSecondaryButton(tr("Remove"), u"removeRoute"_s))
{
    m_pool.setMaxThreadCount(1);
    column()->setSpacing(space::kSmall);
    column()->addWidget(&(new PlainLabel(tr("Routes")))->setScale(TextSize::Section, QFont::DemiBold));
    column()->addWidget(
        &(new PlainLabel(tr("What your product answers, and who may ask: the checks of access look at "
                            "these. Ask your AI builder for an OpenAPI 3 file in JSON, and import it.")))
             ->setMuted());
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::SelectedClicked);
    m_table->setItemDelegateForColumn(RouteModel::MethodColumn, new ChoiceDelegate(methodChoices(), m_table));
    m_table->setItemDelegateForColumn(RouteModel::AccessColumn, new ChoiceDelegate(accessChoices(), m_table));
    m_table->setMinimumHeight(m_table->verticalHeader()->defaultSectionSize() * (kRowsShown + 1));
    column()->addWidget(m_table, 1);
    column()->addWidget(makeActions());
    connect(m_model, &RouteModel::edited, this, &RoutesCard::routesEdited);
    connect(m_model, &RouteModel::refused, this, &RoutesCard::refused);
}

RoutesCard::~RoutesCard()
{
    m_pool.waitForDone();
}

QWidget *RoutesCard::makeActions()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    row->addWidget(m_import);
    row->addWidget(m_add);
    row->addStretch(1);
    row->addWidget(m_remove);
    connect(m_add, &QPushButton::clicked, this, &RoutesCard::addRoute);
    connect(m_import, &QPushButton::clicked, this, &RoutesCard::chooseFile);
    connect(m_remove, &QPushButton::clicked, this, [this] { m_model->remove(m_table->currentIndex().row()); });
    return holder;
}

void RoutesCard::addRoute()
{
    Route route;
    route.path = u"/"_s;
    route.source = tr("typed");
    m_model->add(route);
    const QModelIndex path = m_model->index(m_model->rowCount() - 1, RouteModel::PathColumn);
    m_table->setCurrentIndex(path);
    m_table->edit(path);
}

void RoutesCard::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Import routes"), {}, tr("OpenAPI 3 or a list of routes (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &RoutesCard::importFrom);
    dialog->open();
}

void RoutesCard::importFrom(const QString &path)
{
    m_import->setEnabled(false);
    const auto work = [path] { return guarded([&] { return readRoutesFile(path); }); };
    whenDone(QtConcurrent::run(&m_pool, work), this,
             [this, reading = ++m_reading](const Result<std::vector<Route>> &read) {
                 if (reading != m_reading)
                     return;
                 m_import->setEnabled(m_add->isEnabled());
                 if (read)
                     emit routesRead(*read);
                 else
                     emit refused(read.error().message);
             });
}

void RoutesCard::leaveProject()
{
    ++m_reading;
    m_import->setEnabled(m_add->isEnabled());
}

void RoutesCard::setRoutes(const std::vector<Route> &routes)
{
    const int row = m_table->currentIndex().row();
    m_model->setRoutes(routes);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->selectRow(std::clamp(row, 0, m_model->rowCount() - 1));
}

void RoutesCard::setReadOnly(bool readOnly)
{
    m_model->setReadOnly(readOnly);
    for (QPushButton *button : {m_add, m_import, m_remove})
        button->setEnabled(!readOnly);
}

} // namespace cockpit
