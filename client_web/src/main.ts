import { mount } from "svelte";
import "./styles/base.css";
import App from "./view/App.svelte";
import { ticker } from "./view/ticker.svelte";
import { likelyLanguage, words } from "./view/words.svelte";

ticker.start();
// The words come first, so that no screen ever shows a key instead of a word.
void words.speak(likelyLanguage()).then(() => mount(App, { target: document.body }));
