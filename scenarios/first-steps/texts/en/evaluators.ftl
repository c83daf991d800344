# What evaluators look for.
guide-eval-first = Recording and sharing
guide-eval-first-source-named = Says how and from whom a thing is known before passing it on
guide-eval-first-stop-known = Knows where STOP is, and what to call out
