package dev.heirloom.calls;

/** Phone numbers as they may be written down. */
final class PhoneNumbers {
    private static final int FIRST = 3;
    private static final int LAST = 2;

    private PhoneNumbers() {}

    /** With its first and last characters only, such as {@code +49*****12}; nothing of a short one. */
    static String masked(String number) {
        boolean isLong = number.length() >= 2 * (FIRST + LAST);
        return isLong ? number.substring(0, FIRST) + "*****" + number.substring(number.length() - LAST) : "*****";
    }
}
