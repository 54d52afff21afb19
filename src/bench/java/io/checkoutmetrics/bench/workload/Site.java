package io.checkoutmetrics.bench.workload;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What the made-up sites are made of. */
final class Site {
    private static final List<String> SUITES = List.of("eu-shop", "us-shop", "uk-outlet", "jp-shop", "app-global");
    private static final String[] COUNTRIES =
            ("de,fr,us,gb,jp,it,es,nl,be,at,ch,pl,se,no,dk,fi,ie,pt,gr,cz,hu,ro,bg,hr,si,sk,"
                            + "ca,mx,br,ar,au,nz,kr,cn,in,sg,za")
                    .split(",", -1);
    static final String[] PAGES = numbered("shop:category:product-%04d", 600);
    static final String[] CITIES = numbered("city-%03d", 300);
    static final String[] REFERRERS = {
        "https://www.google.com/", "https://www.bing.com/", "https://duckduckgo.com/", "https://news.example.com/today"
    };
    static final String[] DEVICES = {"mobile", "desktop", "tablet"};
    static final String[] SYSTEMS = {"Android 16", "iOS 19.2", "Windows 11", "macOS 15.4"};
    static final String[] AGENTS = numbered("Mozilla/5.0 (Linux; Android 16; SM-S9%02d) Chrome/143.0 Mobile", 40);

    /** Events strings of hits that are no checkouts, near misses among them. */
    static final String[] OTHER_EVENTS = {
        "",
        "event1",
        "event1,event14=2",
        "prodView,event1,event22",
        "scView,event1",
        "scAdd:A7,event1",
        "event1,event5,event17=1.5",
        "purchase,event1,event90=25",
        "scRemove",
        "event101,event7,scOpen"
    };

    final String[] suites;
    final String[] countries;
    final String[] campaigns;

    Site(Traffic traffic) {
        suites = made(traffic.suites(), Site::suite);
        countries = made(traffic.countries(), Site::country);
        campaigns = made(traffic.campaigns(), number -> "cmp-2026-%03d".formatted(number + 1));
    }

    /** Name of a report suite, by its number. */
    static String suite(int number) {
        return number < SUITES.size() ? SUITES.get(number) : "suite-%04d".formatted(number + 1);
    }

    private static String country(int number) {
        return number < COUNTRIES.length ? COUNTRIES[number] : "country-%d".formatted(number + 1);
    }

    private static String[] made(int count, IntFunction<String> name) {
        return IntStream.range(0, count).mapToObj(name).toArray(String[]::new);
    }

    private static String[] numbered(String pattern, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(pattern::formatted).toArray(String[]::new);
    }
}
