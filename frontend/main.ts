/* The script of the server-rendered pages. Every page works without it; with it, keys move faster. */
import "./ts/server";
import { startDialogs } from "./ts/dialogs";
import { startKeys } from "./ts/keys";
import { startPopovers } from "./ts/popovers";
import { startSelection } from "./ts/selection";

startDialogs();
startPopovers();
startSelection();
startKeys();
