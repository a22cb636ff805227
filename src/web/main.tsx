import { createRoot } from "react-dom/client";
import { Page } from "./page.tsx";
import { showTheme } from "./theme.ts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/header.css";
import "./styles/welcome.css";
import "./styles/image.css";
import "./styles/answer.css";
import "./styles/evidence.css";
import "./styles/steps.css";
import "./styles/ask.css";
import "./styles/panel.css";
import "./styles/narrow.css";

showTheme();
const root = document.getElementById("page");
if (root) createRoot(root).render(<Page />);
