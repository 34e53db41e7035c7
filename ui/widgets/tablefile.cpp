#include "ui/widgets/tablefile.h"

#include <QFileDialog>

namespace cockpit {

namespace {

void openDialog(QFileDialog *dialog, QWidget *parent, TakePath take)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(take));
    dialog->open();
}

} // namespace

void chooseFileToRead(QWidget *parent, const QString &title, const QString &filter, TakePath take)
{
    auto *dialog = new QFileDialog(parent, title, {}, filter);
    dialog->setFileMode(QFileDialog::ExistingFile);
    openDialog(dialog, parent, std::move(take));
}

void chooseFilesToRead(QWidget *parent, const QString &title, TakePaths take)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setFilter(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden); // settings lie in ".env"
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::filesSelected, parent, std::move(take));
    dialog->open();
}

void chooseFolderToRead(QWidget *parent, const QString &title, TakePath take)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setFilter(QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden); // ".next"
    openDialog(dialog, parent, std::move(take));
}

void chooseFileToWrite(QWidget *parent, const QString &title, const QString &filter, const QString &suffix,
                       TakePath take)
{
    auto *dialog = new QFileDialog(parent, title, {}, filter);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    openDialog(dialog, parent, std::move(take));
}

} // namespace cockpit
