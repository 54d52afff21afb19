package io.checkoutmetrics.window;

/**
 * The running sum of one window of one series: what is in the window now, and the checkouts of the window just before.
 * It changes by the slices that enter and leave, so its cost does not depend on how many slices a window has.
 *
 * @param current sum of the slices inside the window
 * @param previousCheckouts checkouts in the window of the same size that ends where this one starts
 */
public record RollingSum(Counts current, long previousCheckouts) {
    public static final RollingSum ZERO = new RollingSum(Counts.NONE, 0);

    /** A slice, or more of one, came into the window. */
    public RollingSum entered(Counts slice) {
        return new RollingSum(current.plus(slice), previousCheckouts);
    }

    /** A slice went from the window into the one before. */
    public RollingSum left(Counts slice) {
        return new RollingSum(current.minus(slice), previousCheckouts + slice.checkouts());
    }

    /** A slice went out of the window before. */
    public RollingSum forgot(Counts slice) {
        return new RollingSum(current, previousCheckouts - slice.checkouts());
    }

    /** A late count fell into the slice at that place. */
    public RollingSum corrected(Window.Place place, Counts late) {
        return switch (place) {
            case CURRENT -> entered(late);
            case PREVIOUS -> new RollingSum(current, previousCheckouts + late.checkouts());
            case AHEAD, PAST -> this;
        };
    }

    public boolean isZero() {
        return previousCheckouts == 0 && current.isNone();
    }
}
