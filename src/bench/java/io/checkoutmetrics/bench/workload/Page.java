package io.checkoutmetrics.bench.workload;

/** One page: its fields, encoded. */
record Page(byte[] name, byte[] url) {
    static Page[] all() {
        Page[] pages = new Page[Site.PAGES.length];
        for (int i = 0; i < pages.length; i++) {
            String url = "https://www.example.com/shop/product-%04d.html".formatted(i + 1);
            pages[i] = new Page(
                    new WideHit.Fields().optional(Site.PAGES[i]).toBytes(),
                    new WideHit.Fields().optional(url).toBytes());
        }
        return pages;
    }
}
