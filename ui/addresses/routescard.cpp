#include "ui/addresses/routescard.h"

#include "models/routesfile.h"
#include "models/wholefile.h"
#include "ui/addresses/routefilter.h"
#include "ui/addresses/routemodel.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/choicedelegate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tablefile.h"
#include "ui/widgets/tables.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableView>

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
      m_filter(new RouteFilter(this)),
      m_table(makeTable(m_filter, u"routes"_s, tr("Routes of the product"), nullptr)),
      m_words(new QLineEdit),
      m_shown(new QComboBox),
      m_add(makeSecondaryButton(tr("Add route"), u"addRoute"_s)),
      m_import(makeSecondaryButton(tr("Import a file…"), u"importRoutes"_s)),
      m_takeOver(makeSecondaryButton(tr("Take over what was found"), u"takeFoundRoutes"_s)),
      m_export(makeSecondaryButton(tr("Export table…"), u"exportRoutes"_s)),
      m_remove(makeSecondaryButton(tr("Remove"), u"removeRoute"_s))
{
    m_filter->setSourceModel(m_model);
    column()->setSpacing(space::kSmall);
    column()->addWidget(&(new PlainLabel(tr("Routes")))->setScale(TextSize::Section, QFont::DemiBold));
    column()->addWidget(
        &(new PlainLabel(
              tr("What your product answers, and who may ask: the checks of access look at "
                 "these. Take over what a look has found, or import a file: OpenAPI, Swagger, a HAR file of your "
                 "browser, a Postman collection, a GraphQL schema, a sitemap.")))
             ->setMuted());
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::SelectedClicked);
    m_table->setItemDelegateForColumn(RouteModel::MethodColumn, new ChoiceDelegate(methodChoices(), m_table));
    m_table->setItemDelegateForColumn(RouteModel::AccessColumn, new ChoiceDelegate(accessChoices(), m_table));
    m_table->setMinimumHeight(m_table->verticalHeader()->defaultSectionSize() * (kRowsShown + 1));
    column()->addWidget(makeFilter());
    column()->addWidget(m_table, 1);
    column()->addWidget(makeActions());
    connect(m_model, &RouteModel::edited, this, &RoutesCard::routesEdited);
    connect(m_model, &RouteModel::refused, this, &RoutesCard::refused);
    updateActions();
}

QWidget *RoutesCard::makeFilter()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    m_words->setObjectName(u"routeFilter"_s);
    m_words->setAccessibleName(tr("Words that a route must contain"));
    m_words->setPlaceholderText(tr("Filter, for example: POST invoices"));
    m_words->setClearButtonEnabled(true);
    m_shown->setObjectName(u"routesShown"_s);
    m_shown->setAccessibleName(tr("Which routes are shown"));
    m_shown->addItems({tr("All routes"), labelOf(AccessClass::Public), labelOf(AccessClass::SignedIn),
                       labelOf(AccessClass::Admin), tr("Guesses to confirm")}); // in the order of RouteFilter::Shown
    row->addWidget(m_words, 1);
    row->addWidget(m_shown);
    connect(m_words, &QLineEdit::textChanged, m_filter, &RouteFilter::setWords);
    connect(m_shown, &QComboBox::currentIndexChanged, m_filter,
            [this](int index) { m_filter->setShown(static_cast<RouteFilter::Shown>(index)); });
    return holder;
}

QWidget *RoutesCard::makeActions()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    row->addWidget(m_takeOver);
    row->addWidget(m_import);
    row->addWidget(m_export);
    row->addWidget(m_add);
    row->addStretch(1);
    row->addWidget(m_remove);
    connect(m_add, &QPushButton::clicked, this, &RoutesCard::addRoute);
    connect(m_import, &QPushButton::clicked, this, &RoutesCard::chooseFile);
    connect(m_remove, &QPushButton::clicked, this, &RoutesCard::removeRoute);
    connect(m_takeOver, &QPushButton::clicked, this, &RoutesCard::foundWanted);
    connect(m_export, &QPushButton::clicked, this, &RoutesCard::chooseExport);
    return holder;
}

void RoutesCard::removeRoute()
{
    m_model->remove(m_filter->mapToSource(m_table->currentIndex()).row());
}

void RoutesCard::addRoute()
{
    m_words->clear(); // the new row must show
    m_shown->setCurrentIndex(0);
    Route route;
    route.path = u"/"_s;
    route.source = tr("typed");
    m_model->add(route);
    const QModelIndex path = m_filter->mapFromSource(m_model->index(m_model->rowCount() - 1, RouteModel::PathColumn));
    m_table->setCurrentIndex(path);
    m_table->edit(path);
}

void RoutesCard::chooseFile()
{
    chooseFileToRead(this, tr("Import routes"), tr("Files that name routes (*.json *.yaml *.yml *.har *.xml)"),
                     [this](const QString &path) { importFrom(path); });
}

void RoutesCard::importFrom(const QString &path)
{
    m_import->setEnabled(false);
    const auto work = [path] { return readRoutesFile(path); };
    workAside(this, work, [this, reading = ++m_reading](const Result<std::vector<Route>> &read) {
        if (reading != m_reading)
            return;
        m_import->setEnabled(!m_readOnly);
        if (read)
            emit routesRead(*read);
        else
            emit refused(read.error().message);
    });
}

void RoutesCard::chooseExport()
{
    chooseFileToWrite(this, tr("Export the routes"), tr("Tables (*.csv)"), u"csv"_s,
                      [this](const QString &path) { exportTo(path); });
}

void RoutesCard::exportTo(const QString &path)
{
    m_export->setEnabled(false);
    const auto write = [path, routes = m_model->routes()] { return writeWholeFile(path, routesCsv(routes)); };
    workAside(this, write, [this, path](const Result<void> &written) {
        updateActions();
        if (written)
            emit exported(path);
        else
            emit refused(written.error().message);
    });
}

void RoutesCard::leaveProject()
{
    ++m_reading;
    m_import->setEnabled(!m_readOnly);
}

void RoutesCard::setFound(int count)
{
    m_found = count;
    updateActions();
}

void RoutesCard::updateActions()
{
    m_takeOver->setEnabled(!m_readOnly && m_found > 0);
    m_takeOver->setToolTip(m_found > 0 ? tr("%n route(s) were found that are not in the list", nullptr, m_found)
                                       : tr("The check of your routes has found none beside these"));
    m_export->setEnabled(m_model->rowCount() > 0);
}

void RoutesCard::setRoutes(const std::vector<Route> &routes, const Target &target)
{
    const int row = m_table->currentIndex().row();
    m_model->setRoutes(routes, target);
    if (!m_table->currentIndex().isValid() && m_filter->rowCount() > 0)
        m_table->setCurrentIndex(m_filter->index(std::clamp(row, 0, m_filter->rowCount() - 1), 0));
    updateActions();
}

void RoutesCard::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    m_model->setReadOnly(readOnly);
    updateActions();
    for (QPushButton *button : {m_add, m_import, m_remove})
        button->setEnabled(!readOnly);
}

} // namespace cockpit
