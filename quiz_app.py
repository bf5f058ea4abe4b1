"""Rootlet: `quiz serve`, or `streamlit run quiz_app.py`.

Streamlit imports this file once for the server, and runs it as the page script for every visit.
"""

import streamlit as st

if __name__ == "__main__":
    from quizlib.ui.frame import main

    main()
else:
    from quizlib.ui.identity import claims_in
    from quizlib.web import lifespan, middleware, routes

    app = st.App(__file__, routes=routes(claims_in), middleware=middleware(), lifespan=lifespan)
