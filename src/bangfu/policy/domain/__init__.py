"""Pure: which days a version keeps when another is published."""
