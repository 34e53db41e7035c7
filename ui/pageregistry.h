// The pages that an open project has beside its stages. Adding a page is one line in pageregistry.cpp.
#pragma once

#include <QString>

#include <functional>
#include <vector>

class QWidget;

namespace cockpit {

class Page;
class Session;
struct AppSettings;

// What a page may be given. Settings are saved by the window.
struct PageContext
{
    Session &session;
    AppSettings &settings;
};

struct PageEntry
{
    QString id;
    std::function<Page *(const PageContext &context, QWidget *parent)> make;
};

// In the order in which Back and Next lead through them, after the stages.
std::vector<PageEntry> overviewPages();

} // namespace cockpit
