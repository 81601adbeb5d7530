package dev.heirloom.backup;

/** Says that bytes or JSON are not what was once written. */
final class MalformedException extends RuntimeException {
    MalformedException(String why) {
        super(why);
    }
}
